import type { Runtime } from '../core/runtime.ts';
import type { RuntimeName } from '../core/stack.ts';
import { readRecord } from '../state/records.ts';
import { chooseRuntime, reachableRuntimes } from './choose-runtime.ts';

export interface RuntimeOf {
  readonly runtime: Runtime;
  /** Why it is looked at. */
  readonly why: string;
}

/**
 * The runtimes that may hold something of an environment: the one that is recorded, which is an error when it can't be
 * reached (an environment would be called ended while its containers run on), and every other that answers.
 */
export async function runtimesOf(id: string, wanted: RuntimeName | null): Promise<readonly RuntimeOf[]> {
  const recorded = (await readRecord(id))?.runtime ?? null;
  const name = wanted ?? recorded;
  const main = name === null ? [] : [(await chooseRuntime({ wanted, recorded, offline: true })).runtime];
  const why = wanted === null ? 'which is on record for this environment' : 'as asked for';
  const found = main.map((runtime) => ({ runtime, why }));
  if (wanted !== null) return found;
  const { runtimes } = await reachableRuntimes();
  const others = runtimes.filter((runtime) => runtime.name !== name);
  return [...found, ...others.map((runtime) => ({ runtime, why: 'which may hold something of it too' }))];
}
