import type { FoundLeftover } from '../core/gc/inventory.ts';
import type { Runtime } from '../core/runtime.ts';
import { removeStateLeftover, stateLeftovers } from '../state/leftovers.ts';

/** What runs that were cut off left anywhere on this machine. */
export async function findLeftovers(runtimes: readonly Runtime[]): Promise<readonly FoundLeftover[]> {
  const stores = await Promise.all(
    runtimes.map(async ({ name, store }) => (await store.leftovers()).map((one) => ({ ...one, runtime: name }))),
  );
  return [...stores.flat(), ...(await stateLeftovers()).map((one) => ({ ...one, runtime: null }))];
}

export async function removeLeftover(leftover: FoundLeftover, runtimes: readonly Runtime[]): Promise<void> {
  if (leftover.runtime === null) return removeStateLeftover(leftover);
  await runtimes.find(({ name }) => name === leftover.runtime)?.store.removeLeftover(leftover);
}
