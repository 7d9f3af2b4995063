import type { Runtime } from '../core/runtime.ts';
import type { RuntimeName } from '../core/stack.ts';
import { readRecord } from '../state/records.ts';
import { chooseRuntime, reachableRuntimes } from './choose-runtime.ts';

/**
 * The runtimes that may hold something of an environment: the one that is recorded, which is an error when it can't be
 * reached (an environment would be called ended while its containers run on), and every other that answers.
 */
export async function runtimesOf(id: string, wanted: RuntimeName | null): Promise<readonly Runtime[]> {
  const recorded = (await readRecord(id))?.runtime ?? null;
  const name = wanted ?? recorded;
  const main = name === null ? [] : [(await chooseRuntime({ wanted, recorded, offline: true })).runtime];
  if (wanted !== null) return main;
  const { runtimes } = await reachableRuntimes();
  return [...main, ...runtimes.filter((runtime) => runtime.name !== name)];
}
