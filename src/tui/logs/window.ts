import wrapAnsi from 'wrap-ansi';
import { type Color, type Row, row, type Span } from '../row.ts';
import type { Filter } from './filter.ts';
import type { LogStore, StoredLine } from './log-store.ts';
import type { Matches } from './matches.ts';

/** How lines are shown, and which. Numbers are those of the store, so that they mean the same when lines come and go. */
export interface LogsState extends Omit<Filter, 'source'> {
  /** Stay at the newest line. */
  readonly follow: boolean;
  readonly wrap: boolean;
  readonly times: boolean;
  /** The first line that is shown, where `follow` doesn't decide. */
  readonly top: number;
  readonly cursor: number;
}

export const NEW_LOGS: LogsState = {
  level: 'debug',
  text: '',
  follow: true,
  wrap: false,
  times: false,
  top: 0,
  cursor: 0,
};

export interface Area {
  readonly width: number;
  readonly height: number;
}

export interface LogsInput {
  readonly store: LogStore;
  readonly matches: Matches;
  /** Names in front of the lines are as wide as the longest one; none for a single source. */
  readonly sources: readonly string[];
  readonly area: Area;
}

export interface ShownLine {
  readonly number: number;
  readonly rows: readonly Row[];
}

/** The lines that fit, from `top` on or up to the newest. The last one may be cut off where it is wrapped. */
export function visibleLines(state: LogsState, input: LogsInput): readonly ShownLine[] {
  const { matches, area } = input;
  const count = matches.length;
  if (state.follow) return upFrom(count - 1, state, input);
  const shown: ShownLine[] = [];
  let rows = 0;
  for (let index = matches.indexOf(state.top); index < count && rows < area.height; index += 1) {
    const line = lineAt(index, state, input);
    if (!line) continue;
    shown.push(line);
    rows += line.rows.length;
  }
  // Never an empty rest below the last line while there is something above.
  return rows < area.height ? upFrom(count - 1, state, input) : shown;
}

/** The lines that fit when the one at `index` is the last. */
function upFrom(index: number, state: LogsState, input: LogsInput): readonly ShownLine[] {
  const shown: ShownLine[] = [];
  let rows = 0;
  for (let place = index; place >= 0; place -= 1) {
    const line = lineAt(place, state, input);
    if (!line) continue;
    rows += line.rows.length;
    if (rows > input.area.height && shown.length > 0) break;
    shown.unshift(line);
  }
  return shown;
}

/** Moves the cursor by lines among those that match; the window follows it. At the end it follows what comes. */
export function moveCursor(state: LogsState, by: number, input: LogsInput): LogsState {
  const { matches } = input;
  const last = matches.length - 1;
  if (last < 0) return state;
  const current = state.follow ? last : Math.min(last, matches.indexOf(state.cursor));
  return placeCursor(state, Math.max(0, Math.min(last, current + by)), input);
}

export function placeCursor(state: LogsState, index: number, input: LogsInput): LogsState {
  const { matches } = input;
  const number = matches.at(index) ?? 0;
  const shown = visibleLines(state, input);
  const top = shown[0]?.number ?? number;
  const moved: LogsState = { ...state, follow: false, cursor: number, top };
  if (number < top) return { ...moved, top: number };
  if (visibleWhole(moved, input, number)) return moved;
  return { ...moved, top: upFrom(index, state, input)[0]?.number ?? number };
}

function visibleWhole(state: LogsState, input: LogsInput, number: number): boolean {
  let rows = 0;
  for (const line of visibleLines(state, input)) {
    rows += line.rows.length;
    if (line.number === number) return rows <= input.area.height;
  }
  return false;
}

/** The nearest line that sounds like an error, after or before the cursor, or from one end; undefined without one. */
export function findError(
  state: LogsState,
  direction: 1 | -1,
  { store, matches }: LogsInput,
  from: 'cursor' | 'around' = 'cursor',
): number | undefined {
  const count = matches.length;
  const end = direction === 1 ? -1 : count;
  const start = from === 'around' ? end : state.follow ? count : matches.indexOf(state.cursor);
  for (let index = start + direction; index >= 0 && index < count; index += direction) {
    const line = store.at(matches.at(index) ?? -1);
    if (line && line.source !== null && line.level === 'error' && !line.continues) return index;
  }
  return undefined;
}

function lineAt(index: number, state: LogsState, input: LogsInput): ShownLine | undefined {
  const number = input.matches.at(index);
  const line = number === undefined ? undefined : input.store.at(number);
  if (number === undefined || !line) return undefined;
  return { number, rows: rowsOf(line, state, input) };
}

const COLORS: readonly Color[] = ['cyan', 'magenta', 'blue', 'green', 'yellow'];

function rowsOf(line: StoredLine, state: LogsState, { matches, sources, area }: LogsInput): readonly Row[] {
  if (line.source === null) return [row({ text: line.shown.padEnd(area.width, '─').slice(0, area.width), bold: true })];
  const prefix = prefixOf(line, state, sources);
  const room = Math.max(1, area.width - prefix.reduce((width, { text }) => width + text.length, 0));
  const [first = '', ...rest] = state.wrap
    ? wrapAnsi(line.shown, room, { hard: true, trim: false }).split('\n')
    : [line.shown];
  const indent = ' '.repeat(area.width - room);
  return [
    [...prefix, ...body(first, line, matches.highlight)],
    ...rest.map((text) => [{ text: indent }, ...body(text, line, matches.highlight)]),
  ];
}

function prefixOf({ source, time }: StoredLine, { times }: LogsState, sources: readonly string[]): readonly Span[] {
  const spans: Span[] = [];
  if (times) spans.push({ text: `${time?.slice(11, 19) ?? '        '} `, dim: true });
  if (sources.length > 1) {
    const width = Math.min(16, Math.max(...sources.map((name) => name.length)));
    const color = COLORS[sources.indexOf(source ?? '') % COLORS.length];
    spans.push({ text: `${(source ?? '').slice(0, width).padEnd(width)} `, ...(color ? { color } : {}) });
  }
  return spans;
}

/** A line with colours of its own keeps them; others get that of their level, and what was searched for stands out. */
function body(text: string, line: StoredLine, highlight: RegExp | null): readonly Span[] {
  if (text.includes('\u001b')) return [{ text }];
  const look: Omit<Span, 'text'> =
    line.level === 'error' ? { color: 'red' } : line.level === 'warning' ? { color: 'yellow' } : {};
  if (!highlight) return [{ text, ...look }];
  const spans: Span[] = [];
  let end = 0;
  for (const match of text.matchAll(highlight)) {
    if (match[0] === '') continue;
    spans.push({ text: text.slice(end, match.index), ...look }, { text: match[0], ...look, inverse: true });
    end = match.index + match[0].length;
  }
  return [...spans, { text: text.slice(end), ...look }].filter((span) => span.text !== '');
}
