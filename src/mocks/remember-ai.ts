import type { Change } from './ai/state.ts';

/** Of totals that change with each call only the last counts: they are written this often. */
const EVERY_MS = 250;

export interface RememberAi {
  remember(change: Change): void;
  /** Writes what waits. */
  flush(): void;
}

/** Keeps what later answers depend on, without a line of the journal for each of thousands of calls a second. */
export function rememberAi(add: (change: Change) => void): RememberAi {
  let waiting: Change | null = null;
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting) add(waiting);
    waiting = null;
  };
  return {
    flush,
    remember(change) {
      if (change.kind !== 'used') return add(change);
      waiting = change;
      timer ??= setTimeout(flush, EVERY_MS).unref();
    },
  };
}
