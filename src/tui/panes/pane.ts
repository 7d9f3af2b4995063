import type { UiContext } from '../context.ts';
import { type Binding, change } from '../keys/binding.ts';
import { copy } from '../keys/copy.ts';
import { type Row, textOf } from '../row.ts';
import type { UiState } from '../state.ts';
import { wrapRow } from '../wrap-row.ts';

/** How far: by rows, or to one of the ends. */
export type Move = number | 'first' | 'last';

/** A view of the selected thing. To add one: a folder here and a line in `index.ts`. */
export interface Pane {
  readonly id: string;
  readonly title: string;
  /** Where the titles of all have no room. */
  readonly shortTitle?: string;
  /** Those that mean something here only. */
  readonly bindings: readonly Binding[];
  /**
   * What Enter does with the line that is selected in it; absent where none is. One that has it gets the keys as soon as
   * it is shown, and elsewhere Enter leads into it as into any other.
   */
  readonly enter?: Binding;
  /** Keys that come first in the last line, in this order; else the usual ones. */
  readonly firstKeys?: readonly string[];
  /** What fits into `context.logs.area`. */
  rows(context: UiContext): readonly Row[];
  move(by: Move, context: UiContext): UiState;
  /** What Esc does before it leads back to the list; null where nothing. */
  back?(context: UiContext): Partial<UiState> | null;
}

/** A pane that is a list of rows, scrolled as a whole. */
export function listPane(
  id: string,
  [title, shortTitle = title]: readonly [title: string, short?: string],
  list: (context: UiContext) => readonly Row[],
): Pane {
  const all = (context: UiContext): readonly Row[] => {
    const { state, logs } = context;
    return state.logs.wrap ? list(context).flatMap((line) => wrapRow(line, logs.area.width)) : list(context);
  };
  const first = (context: UiContext, rows: readonly Row[]): number =>
    Math.max(0, Math.min(context.state.scroll[id] ?? 0, rows.length - context.logs.area.height));
  return {
    ...{ id, title, shortTitle },
    bindings: [
      wrapBinding,
      {
        keys: ['c', 'y'],
        label: 'copy all of it',
        short: 'copy',
        act: (context) =>
          copy(
            list(context).map((line) => textOf(line).trimEnd()),
            context.state,
          ),
      },
    ],
    rows(context) {
      const rows = all(context);
      const from = first(context, rows);
      return rows.slice(from, from + context.logs.area.height);
    },
    move(by, context) {
      const rows = all(context);
      const from = first(context, rows);
      const target = by === 'first' ? 0 : by === 'last' ? rows.length : from + by;
      const last = Math.max(0, rows.length - context.logs.area.height);
      const { state } = context;
      return { ...state, scroll: { ...state.scroll, [id]: Math.max(0, Math.min(target, last)) } };
    },
  };
}

/** The same everywhere. */
export const wrapBinding = change(
  ['w'],
  'wrap long lines',
  ({ state }) => ({ logs: { ...state.logs, wrap: !state.logs.wrap } }),
  'wrap',
);
