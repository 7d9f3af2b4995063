import type { UiContext } from '../../context.ts';
import { type Binding, change, stay } from '../../keys/binding.ts';
import { copy } from '../../keys/copy.ts';
import { openPrompt } from '../../keys/prompt.ts';
import { LEVELS } from '../../logs/level.ts';
import { findError, type LogsState, moveCursor, placeCursor, visibleLines } from '../../logs/window.ts';
import type { Row } from '../../row.ts';
import { isStarting, type UiState } from '../../state.ts';
import { type Move, type Pane, wrapBinding } from '../pane.ts';

export const logs: Pane = {
  id: 'logs',
  title: 'Logs',
  bindings: [
    change(
      ['/'],
      'filter: a regular expression, ! before it for all other lines',
      ({ state }) => ({ overlay: openPrompt('filter', state.logs.text) }),
      'filter',
    ),
    toggle(['f'], 'follow the newest line, or stay', 'follow', 'follow'),
    wrapBinding,
    toggle(['t'], 'show times', 'times'),
    change(['i'], 'least level: all, info, warning, error', ({ state }) => ({
      logs: { ...state.logs, level: LEVELS[(LEVELS.indexOf(state.logs.level) + 1) % LEVELS.length] ?? 'debug' },
    })),
    { keys: ['n'], label: 'next error', short: 'error', act: (context) => jump(1, context) },
    { keys: ['N'], label: 'error before', act: (context) => jump(-1, context) },
    {
      keys: ['m'],
      label: 'set a mark: what comes later stands below it',
      act: ({ state }) => stay(state, { type: 'mark' }),
    },
    {
      keys: ['c'],
      label: 'copy the line at the cursor',
      short: 'copy',
      act: (context) => copy([cursorText(context)], context.state),
    },
    { keys: ['y'], label: 'copy all lines that are shown', act: (context) => copy(shownTexts(context), context.state) },
  ],

  rows(context): readonly Row[] {
    const { state, logs: input } = context;
    const shown = visibleLines(state.logs, input);
    if (shown.length === 0) return [[{ text: emptyWord(context), dim: true }]];
    const rows = shown.flatMap(({ number, rows: own }) => (isCursor(number, state) ? own.map(inverse) : own));
    // Where the newest line is wrapped and too long, its end is what counts.
    return state.logs.follow ? rows.slice(-input.area.height) : rows.slice(0, input.area.height);
  },

  move(by: Move, context: UiContext): UiState {
    const { state, logs: input } = context;
    if (by === 'last') return withLogs(state, { follow: true });
    if (by === 'first') return { ...state, logs: placeCursor(state.logs, 0, input) };
    return { ...state, logs: moveCursor(state.logs, by, input) };
  },
};

function toggle(keys: readonly string[], label: string, flag: 'follow' | 'times', short?: string): Binding {
  return change(keys, label, (context) => ({ logs: toggled(context, flag) }), short);
}

/** Leaving `follow` keeps the place that is shown. */
function toggled({ state, logs: input }: UiContext, flag: 'follow' | 'times'): LogsState {
  if (flag === 'follow' && state.logs.follow) return moveCursor(state.logs, 0, input);
  return { ...state.logs, [flag]: !state.logs[flag] };
}

/** To the nearest error on that side; where there is none, on from the other end. */
function jump(direction: 1 | -1, context: UiContext) {
  const { state, logs: input } = context;
  const found = findError(state.logs, direction, input);
  const other = found ?? findError(state.logs, direction, input, 'around');
  if (other === undefined)
    return stay({ ...state, status: { text: 'There is no error among these lines.', bad: false } });
  const text = `No error ${direction === 1 ? 'after' : 'before'} this line; went on from the other end.`;
  const status = found === undefined ? { text, bad: false } : null;
  return stay({ ...state, status, logs: placeCursor(state.logs, other, input) });
}

function cursorText({ state, logs: input }: UiContext): string {
  const number = state.logs.follow ? input.matches.at(input.matches.length - 1) : state.logs.cursor;
  return input.store.at(number ?? -1)?.plain ?? '';
}

function shownTexts({ state, logs: input }: UiContext): readonly string[] {
  return visibleLines(state.logs, input).map(({ number }) => {
    const line = input.store.at(number);
    const prefix = input.sources.length > 1 && line?.source ? `${line.source}  ` : '';
    return `${prefix}${line?.plain ?? ''}`;
  });
}

function emptyWord({ state, model, logs: input }: UiContext): string {
  if (input.matches.literal)
    return `No line has ${state.logs.text}: it is no regular expression, so it is taken as it stands.`;
  if (state.logs.text !== '' || state.logs.level !== 'debug') return 'No line passes the filter.';
  const selected = model.members.filter(({ name }) => state.selected === null || name === state.selected);
  if (!isStarting(state) && selected.every((member) => member.state === 'missing')) return 'Not started: u starts it.';
  return input.store.end === 0 ? 'Nothing was said yet.' : 'It has said nothing yet.';
}

/** Also where the keys move the selection: the line that `c` copies has to be seen. */
function isCursor(number: number, { logs: { follow, cursor } }: UiState): boolean {
  return !follow && number === cursor;
}

function inverse(line: Row): Row {
  return line.map((span) => ({ ...span, inverse: true }));
}

function withLogs(state: UiState, part: Partial<LogsState>): UiState {
  return { ...state, logs: { ...state.logs, ...part } };
}
