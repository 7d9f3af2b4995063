import type { ObservedProcess } from './observed.ts';
import type { HeldEnvironment } from './runtime.ts';

/** How much of an environment runs; `unknown` where the engine that holds it can't be asked. */
export type RunState = 'running' | 'partly' | 'stopped' | 'unknown';

/** As its objects and its supervisor tell, without its configuration; what has done its work is left out. */
export function runState(
  services: HeldEnvironment['services'],
  processes: readonly Pick<ObservedProcess, 'state' | 'pid'>[],
): RunState {
  const parts = [
    ...services.map(({ runs }) => ({ alive: runs, well: runs })),
    ...processes
      .filter(({ state }) => state !== 'done')
      .map(({ state, pid }) => ({ alive: pid !== null, well: state === 'starting' || state === 'ready' })),
  ];
  if (!parts.some(({ alive, well }) => alive || well)) return 'stopped';
  return parts.every(({ well }) => well) ? 'running' : 'partly';
}
