import type { Counted } from '../../../core/data/progress.ts';
import { ExitCode } from '../../../core/errors.ts';
import type { UiContext } from '../../context.ts';
import { change } from '../../keys/binding.ts';
import { copy } from '../../keys/copy.ts';
import { verb } from '../../keys/deed.ts';
import { openPrompt } from '../../keys/prompt.ts';
import { countingOf } from '../../model/counting.ts';
import { outputLines } from '../../output.ts';
import { progressSpans } from '../../progress.ts';
import { type Row, row, textOf } from '../../row.ts';
import type { UiState } from '../../state.ts';
import { wrapRow } from '../../wrap-row.ts';
import type { Move, Pane } from '../pane.ts';
import { databaseRows } from './database-rows.ts';
import { compare, goTo, remove } from './deeds.ts';
import { detailRows } from './detail-rows.ts';
import { momentRow } from './moment-rows.ts';
import { type Entry, entriesOf, selectedEntry, shownDatabases } from './moments.ts';

/** The databases: what a reset goes back to, and every state that can be gone to, on a time line. */
export const data: Pane = {
  id: 'data',
  title: 'Data',
  enter: verb(['enter'], 'go to the selected state; U takes that back', 'go to it', (context) =>
    goTo(selectedEntry(context)),
  ),
  firstKeys: ['?', 'q', 'R', 'U', 'enter', 'S', '+', ':'],
  bindings: [
    change(['S'], 'save what is live as a snapshot', () => prompt('snapshot save '), 'save'),
    change(['+'], 'seed: more rows', () => prompt('seed --rows 1000'), 'seed'),
    verb(['='], 'what has changed since the selected snapshot', 'compare', (context) =>
      compare(selectedEntry(context)),
    ),
    verb(['X'], 'remove the selected snapshot, after a question', 'remove', (context) =>
      remove(selectedEntry(context)),
    ),
    {
      keys: ['c', 'y'],
      label: 'copy all of it',
      act: (context) =>
        copy(
          allRows(context).map(({ line }) => textOf(line).trimEnd()),
          context.state,
        ),
    },
  ],

  rows(context): readonly Row[] {
    const { height, width } = context.logs.area;
    const counting = countingOf(context);
    const above = counting ? countingRows(counting, width) : failureRows(context);
    const entry = selectedEntry(context);
    const below = entry && height >= ROOM_FOR_DETAILS ? detailRows(entry, context) : [];
    const room = Math.max(1, height - above.length - below.length);
    const shown = windowOf(allRows(context), entry, room);
    const blank = Array.from({ length: room - shown.length }, () => row(''));
    return [...above, ...shown, ...(below.length > 0 ? blank : []), ...below].slice(0, height);
  },

  move(by: Move, context: UiContext): UiState {
    const { state } = context;
    const entries = entriesOf(context);
    const index = entries.findIndex(({ key }) => key === selectedEntry(context)?.key);
    const to = by === 'first' ? 0 : by === 'last' ? entries.length - 1 : index + by;
    const next = entries[Math.max(0, Math.min(to, entries.length - 1))];
    // What went wrong stays to be read.
    return { ...state, moment: next?.key ?? null, status: state.status?.bad ? state.status : null };
  },
};

/** Below it, the list has it all. */
const ROOM_FOR_DETAILS = 14;

function prompt(text: string): Partial<UiState> {
  return { overlay: openPrompt('command', text) };
}

interface ListedRow {
  readonly line: Row;
  /** Of the state that it stands for. */
  readonly key: string | null;
}

function allRows(context: UiContext): readonly ListedRow[] {
  const { model, now, logs, unicode, state } = context;
  const databases = shownDatabases(context);
  if (databases.length === 0) return [{ line: row({ text: emptyWord(model.databases), dim: true }), key: null }];
  const selected = selectedEntry(context);
  const { width } = logs.area;
  return databases.flatMap((of, index) => {
    const about = databaseRows(of, context).flatMap((line) => wrapRow(line, width));
    const entries = entriesOf(context).filter((entry) => entry.of === of);
    return [
      ...[...(index === 0 ? [] : [row('')]), ...about, row('')].map((line) => ({ line, key: null })),
      ...entries.map(({ key, moment, flags }) => {
        const isSelected = key === selected?.key;
        const look = {
          width,
          now,
          unicode,
          selected: isSelected,
          focused: state.focus === 'pane',
          alone: flags.length === 0,
        };
        return { line: momentRow(moment, look), key };
      }),
    ];
  });
}

/** As many lines as fit, the selected one among them. */
function windowOf(rows: readonly ListedRow[], selected: Entry | null, height: number): readonly Row[] {
  const index = rows.findIndex(({ key }) => key !== null && key === selected?.key);
  const first = Math.max(0, Math.min(index - height + 1, rows.length - height));
  return rows.slice(first, first + height).map(({ line }) => line);
}

const LONGEST_FAILURE = 8;

/** Why the last change of the data did not come about, and what to do about it. */
function failureRows({ state: { running }, logs }: UiContext): readonly Row[] {
  const expected: readonly (number | null)[] = [null, ExitCode.ok, ExitCode.interrupted];
  if (!running?.changesData || expected.includes(running.code)) return [];
  const lines = outputLines(running);
  const from = Math.max(
    0,
    lines.findLastIndex((line) => /^(?:Error|This is a bug)/.test(line)),
  );
  const rows = lines.slice(from).flatMap((text) => wrapRow(row({ text, color: 'red' }), logs.area.width));
  return [...rows.slice(0, LONGEST_FAILURE), row('')];
}

function countingRows(counting: Counted, width: number): readonly Row[] {
  return [row({ text: counting.what, bold: true }), progressSpans(counting, width), row('')];
}

function emptyWord(databases: UiContext['model']['databases']): string {
  return databases === null
    ? 'Looking at the databases...'
    : 'No Postgres here: services: { db: { engine: postgres } } gives one.';
}
