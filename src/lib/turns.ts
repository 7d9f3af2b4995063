import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longer and a screen in the same process stutters. */
const SLICE_MS = 20;

/** For what computes for long: awaited often, it lets everything else of the process have its turn now and then. */
export function takeTurns(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await nextTurn();
    since = performance.now();
    signal.throwIfAborted();
  };
}
