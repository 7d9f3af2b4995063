import type { UiContext } from '../context.ts';
import type { Binding } from '../keys/binding.ts';
import type { Row } from '../row.ts';
import type { UiState } from '../state.ts';

/** How far: by rows, or to one of the ends. */
export type Move = number | 'first' | 'last';

/** A view of the selected thing. To add one: a folder here and a line in `index.ts`. */
export interface Pane {
  readonly id: string;
  readonly title: string;
  /** Those that mean something here only. */
  readonly bindings: readonly Binding[];
  /** What fits into `context.logs.area`. */
  rows(context: UiContext): readonly Row[];
  move(by: Move, context: UiContext): UiState;
}

/** A pane that is a list of rows, scrolled as a whole. */
export function listPane(id: string, title: string, all: (context: UiContext) => readonly Row[]): Pane {
  const first = (context: UiContext, rows: readonly Row[]): number =>
    Math.max(0, Math.min(context.state.scroll[id] ?? 0, rows.length - context.logs.area.height));
  return {
    id,
    title,
    bindings: [],
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
