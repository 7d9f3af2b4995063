import type { Runtime } from '../core/runtime.ts';
import type { RuntimeName } from '../core/stack.ts';
import { readRecord } from '../state/records.ts';
import { chooseRuntime, reachableRuntimes } from './choose-runtime.ts';

/**
 * The runtimes that may hold something of an environment. One that should and can't be reached is an error: an
 * environment would be called ended while its containers run on.
 */
export async function runtimesOf(id: string, wanted: RuntimeName | null): Promise<readonly Runtime[]> {
  const recorded = (await readRecord(id))?.runtime ?? null;
  if (wanted ?? recorded) return [(await chooseRuntime({ wanted, recorded, offline: true })).runtime];
  return reachableRuntimes();
}
