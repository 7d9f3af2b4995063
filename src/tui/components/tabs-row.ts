import type { UiContext } from '../context.ts';
import { LEVELS } from '../logs/level.ts';
import type { LogsState } from '../logs/window.ts';
import { paneOf, panes } from '../panes/index.ts';
import type { Pane } from '../panes/pane.ts';
import { cell, type Row, type Span, textOf } from '../row.ts';

/** The panes, and what of the logs is shown: where there is no room for both, the panes stand closer, or go by their numbers. */
export function tabsRow({ state, logs }: UiContext): Row {
  const { width } = logs.area;
  const flags = state.pane === 'logs' ? logFlags(state.logs) : [];
  const filter = filterText(state.logs);
  const needed = flags.reduce((sum, { text }) => sum + text.length, filter.length);
  const whole = tabs(state, ({ title }) => title);
  const short = tabs(state, ({ title, shortTitle = title }) => shortTitle);
  const numbers = tabs(state, ({ id, title }) => (id === state.pane ? title : '')).map(narrower);
  const forms = [whole, whole.map(narrower), short.map(narrower), numbers];
  const shown = forms.find((form) => textOf(form).length + needed <= width) ?? numbers;
  if (state.pane !== 'logs' || filter === '') return [...shown, ...flags];
  const room = Math.max(SHORTEST_FILTER, width - textOf(shown).length - needed + filter.length);
  return [...shown, { text: cell(filter, room + 1).trimEnd(), color: 'yellow' }, ...flags];
}

const SHORTEST_FILTER = 14;

function tabs(state: UiContext['state'], nameOf: (pane: Pane) => string): readonly Span[] {
  const active = paneOf(state.pane);
  return panes.map((pane, index) => ({
    text: ` ${`${index + 1} ${nameOf(pane)}`.trim()} `,
    ...(pane === active ? { inverse: state.focus === 'pane', bold: true } : { dim: true }),
  }));
}

function narrower(span: Span): Span {
  return { ...span, text: span.text.trimStart() };
}

function filterText({ text }: LogsState): string {
  return text === '' ? '' : `  /${text}`;
}

/** The more important ones first: the last may be cut off. */
function logFlags({ follow, wrap, level }: LogsState): readonly Span[] {
  const flags = [level === LEVELS[0] ? '' : `${level}+`, follow ? '' : 'paused', wrap ? 'wrapped' : ''];
  return flags.filter((flag) => flag !== '').map((flag) => ({ text: `  ${flag}`, color: 'yellow' }));
}
