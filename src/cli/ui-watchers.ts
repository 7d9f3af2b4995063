import { watchData } from '../app/data/watch-data.ts';
import { watchMocks } from '../app/mocks/watch-mocks.ts';
import type { OpenEnvironment } from '../app/open.ts';
import type { Emit } from '../core/events.ts';
import type { Stack } from '../core/stack.ts';
import { Bell } from '../lib/bell.ts';

export interface PaneWatcher {
  /** The environment that the screen shows. */
  follow(opened: OpenEnvironment): void;
  /** What is looked at: a pane, or another thing in it. */
  shown(state: { readonly pane: string }): void;
  /** Something may have changed. */
  happened(): void;
}

export interface Watched {
  readonly emit: Emit;
  readonly isStarting: () => boolean;
  /** Number of the call of the mocks that is selected. */
  readonly selectedCall: () => number | null;
}

type Watch = (options: {
  readonly stack: () => Promise<Stack | null>;
  readonly emit: Emit;
  readonly bell: Bell;
  readonly signal: AbortSignal;
}) => Promise<void>;

/** For panes that show what has to be asked for. `reopen` reads the configuration anew. */
export function paneWatchers(screen: Watched, over: AbortSignal, reopen: () => Promise<OpenEnvironment>): PaneWatcher {
  const watches: readonly (readonly [pane: string, watch: Watch])[] = [
    ['data', watchData],
    ['mocks', (options) => watchMocks({ ...options, selected: screen.selectedCall })],
  ];
  const all = watches.map(([pane, watch]) => paneWatcher(pane, watch, screen, over, reopen));
  const each = (act: (one: PaneWatcher) => void) => all.forEach(act);
  return {
    follow: (opened) => each((one) => one.follow(opened)),
    shown: (state) => each((one) => one.shown(state)),
    happened: () => each((one) => one.happened()),
  };
}

/** Looks for as long as somebody looks at the pane. */
function paneWatcher(
  pane: string,
  watch: Watch,
  screen: Watched,
  over: AbortSignal,
  reopen: () => Promise<OpenEnvironment>,
): PaneWatcher {
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
    shown(state) {
      const isShown = state.pane === pane;
      if (isShown && looking) bell.ring();
      if (isShown === (looking !== null)) return;
      looking?.abort();
      looking = isShown ? new AbortController() : null;
      if (looking) void watch({ stack, emit: screen.emit, bell, signal: AbortSignal.any([over, looking.signal]) });
    },
    happened: () => bell.ring(),
  };
}
