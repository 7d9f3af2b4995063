import { layoutOf } from './layout.ts';
import type { LogStore } from './logs/log-store.ts';
import { Matches } from './logs/matches.ts';
import type { LogsInput } from './logs/window.ts';
import type { Member, Model } from './model/model.ts';
import { OutputRows } from './output.ts';
import type { Row } from './row.ts';
import type { UiState } from './state.ts';

/** A variable as it may be shown: secrets are masked. */
export interface ShownVariable {
  readonly name: string;
  /** What all processes get; null for one that only single services or processes get. */
  readonly shared: ShownValue | null;
  readonly losers: readonly ShownValue[];
  /** Who gets another value. */
  readonly own: readonly (ShownValue & { readonly target: string })[];
}

export interface ShownValue {
  readonly value: string;
  /** Layer and place. */
  readonly origin: string;
}

/** What panes and keys may look at. */
export interface UiContext {
  readonly state: UiState;
  readonly model: Model;
  readonly logs: LogsInput;
  readonly variables: readonly ShownVariable[];
  /** What the last verb printed, where that covers the screen. */
  readonly output: readonly Row[];
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly unicode: boolean;
}

export interface Known {
  readonly model: Model;
  readonly store: LogStore;
  readonly variables: readonly ShownVariable[];
  readonly unicode: boolean;
}

/** Makes contexts; keeps what takes long to find out, such as which lines match, while it stays the same. */
export class ContextMaker {
  #matches: Matches | null = null;
  readonly #output = new OutputRows();

  make(state: UiState, { model, store, variables, unicode }: Known, now: number): UiContext {
    const { text, level } = state.logs;
    const filter = { source: state.selected, text, level };
    if (JSON.stringify(this.#matches?.filter) !== JSON.stringify(filter)) this.#matches = new Matches(store, filter);
    const sources = state.selected === null ? model.members.map(({ name }) => name) : [state.selected];
    const matches = this.#matches as Matches;
    const output = state.overlay?.kind === 'output' ? this.#output.of(state) : [];
    const logs = { store, matches, sources, area: layoutOf(state).pane };
    return { state, model, variables, output, unicode, now, logs };
  }
}

export function selectedMember({ model, state }: Pick<UiContext, 'model' | 'state'>): Member | null {
  return model.members.find(({ name }) => name === state.selected) ?? null;
}
