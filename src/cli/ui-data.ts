import { watchData } from '../app/data/watch-data.ts';
import type { OpenEnvironment } from '../app/open.ts';
import type { Emit } from '../core/events.ts';
import { Bell } from '../lib/bell.ts';

export interface DataWatcher {
  /** The environment that the screen shows. */
  follow(opened: OpenEnvironment): void;
  /** Another pane is shown. */
  shown(pane: string): void;
  /** Something may have changed the data. */
  happened(): void;
}

/** Looks at the databases for as long as somebody looks at their pane. `reopen` reads the configuration anew. */
export function dataWatcher(
  screen: { readonly emit: Emit; readonly isStarting: () => boolean },
  over: AbortSignal,
  reopen: () => Promise<OpenEnvironment>,
): DataWatcher {
  const bell = new Bell();
  let opened: OpenEnvironment | null = null;
  let looking: AbortController | null = null;
  // Files that are being changed may not be readable for a moment; while something starts, it reads them itself.
  const stack = async () => {
    if (opened && !screen.isStarting()) opened = await reopen().catch(() => opened);
    return opened?.stack ?? null;
  };
  return {
    follow(found) {
      opened = found;
      bell.ring();
    },
    shown(pane) {
      if ((pane === 'data') === (looking !== null)) return;
      looking?.abort();
      looking = pane === 'data' ? new AbortController() : null;
      if (looking) void watchData({ stack, emit: screen.emit, bell, signal: AbortSignal.any([over, looking.signal]) });
    },
    happened: () => bell.ring(),
  };
}
