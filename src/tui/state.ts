import type { Counted } from '../core/data/progress.ts';
import type { Question } from '../core/events.ts';
import { type LogsState, NEW_LOGS } from './logs/window.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What covers a part of the screen and gets the keys first. */
export type Overlay =
  | { readonly kind: 'help'; readonly scroll: number }
  | {
      readonly kind: 'prompt';
      readonly purpose: 'filter' | 'command';
      readonly text: string;
      /** Characters before it. */
      readonly cursor: number;
      /** What Esc goes back to. */
      readonly before: string;
      /** How far back in what was typed before; 0 for a new line. */
      readonly back: number;
    }
  | {
      readonly kind: 'question';
      readonly question: Question;
      /** By key the verb that an answer runs, where the screen itself asks; else whoever asked is answered. */
      readonly runs?: Readonly<Record<string, readonly string[]>>;
    }
  | {
      readonly kind: 'output';
      /** `end`: it stays with the newest line. */
      readonly scroll: number | 'end';
    };

/** A verb that runs or ran, and what it printed. */
export interface Running {
  /** As it would be typed. */
  readonly command: string;
  /** It changes what is in databases. */
  readonly changesData: boolean;
  readonly lines: readonly string[];
  /** In milliseconds since the epoch; absent where nobody asks how long it takes. */
  readonly began?: number;
  /** Null while it runs. */
  readonly code: number | null;
  /** How far it has come, while it runs and can tell. */
  readonly counted?: Counted | null;
}

export interface Status {
  readonly text: string;
  readonly bad: boolean;
}

/** Everything about the screen that isn't about the environment. */
export interface UiState {
  readonly size: Size;
  /** Name of a service or process; null for all of them. */
  readonly selected: string | null;
  readonly focus: 'members' | 'pane';
  readonly pane: string;
  /** The pane has the whole width, so that a mouse selects nothing else. */
  readonly zoom: boolean;
  readonly logs: LogsState;
  /** First row of panes that scroll by rows, by their id. */
  readonly scroll: Readonly<Record<string, number>>;
  /** Key of the state of a database that is selected in their pane; null: what is live. */
  readonly moment: string | null;
  /** Number of the selected call of the mocks, null: the newest; and whether it alone is shown. */
  readonly call: { readonly id: number | null; readonly open: boolean };
  readonly overlay: Overlay | null;
  /** Lines that were typed into the prompts, the newest last. */
  readonly typed: Readonly<Record<'filter' | 'command', readonly string[]>>;
  readonly running: Running | null;
  readonly status: Status | null;
  /** `up` has not ended yet. */
  readonly starting: boolean;
}

export function newState(size: Size, starting: boolean): UiState {
  return {
    size,
    selected: null,
    focus: 'members',
    pane: 'logs',
    zoom: false,
    logs: NEW_LOGS,
    scroll: {},
    moment: null,
    call: { id: null, open: false },
    overlay: null,
    typed: { filter: [], command: [] },
    running: null,
    status: null,
    starting,
  };
}

/** Whether the database is being changed from here: that can be ended, and leaves the data as it was. */
export function dataVerbRuns({ running }: Pick<UiState, 'running'>): boolean {
  return running?.code === null && running.changesData;
}

/** Whether something is being started from here: at first, or by `up` as a verb. */
export function isStarting({ starting, running }: Pick<UiState, 'starting' | 'running'>): boolean {
  return starting || (running?.code === null && running.command.split(' ')[0] === 'up');
}
