import type { Moment } from '../../../core/data/state.ts';
import type { UiContext } from '../../context.ts';
import type { Deed } from '../../keys/deed.ts';
import { shownKey } from '../../keys/shown-key.ts';
import { type Row, row } from '../../row.ts';
import { wrapRow } from '../../wrap-row.ts';
import { commandOf, compare, goTo, remove } from './deeds.ts';
import type { Entry } from './moments.ts';

/** The selected state in words, and which keys do what with it: each with the command that does the same. */
export function detailRows(entry: Entry, { logs, unicode }: Pick<UiContext, 'logs' | 'unicode'>): readonly Row[] {
  const { moment, flags } = entry;
  const { width } = logs.area;
  const deeds: readonly (readonly [key: string, deed: Deed])[] =
    moment.kind === 'snapshot'
      ? [
          ['enter', goTo(entry)],
          ['=', compare(entry)],
          ['X', remove(entry)],
        ]
      : moment.kind === 'live'
        ? [
            ['S', { argv: ['snapshot', 'save', 'NAME'] }],
            ['+', { argv: ['seed', '--rows', '1000'] }],
          ]
        : [['enter', goTo(entry)]];
  return [
    row({ text: '─'.repeat(width), dim: true }),
    ...wrapRow(row(sentenceOf(moment), flags.length === 0 || moment.kind !== 'live' ? '' : OF_ALL), width),
    ...deeds.map(([key, deed]) => {
      const does = 'argv' in deed ? commandOf(deed.argv) : 'refused' in deed ? deed.refused : deed.question.text;
      return row({ text: shownKey(key, unicode).padEnd(6), color: 'cyan' }, { text: does, dim: !('argv' in deed) });
    }),
  ];
}

/** What the keys do where there are several databases. */
const OF_ALL = ' S and + are of all databases; U takes back the last action, on all that it was on; R asks.';

function sentenceOf(moment: Moment): string {
  switch (moment.kind) {
    case 'live':
      return `What the app works with.`;
    case 'baseline':
      return `As migrations and seeds made it, ${day(moment.copy.created)}${moment.current ? '' : '; they have changed since'}.`;
    case 'snapshot':
      return `Saved ${day(moment.copy.created)}.`;
    case 'undo':
      return `As it was before the ${moment.copy.label} of ${day(moment.copy.created)}.`;
    case 'redo':
      return `As it was after the ${moment.copy.label}, which was taken back ${day(moment.copy.created)}.`;
    default:
      return moment satisfies never;
  }
}

/** By the clock of the user's machine. */
function day(created: string): string {
  const at = new Date(created);
  const date = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  return `${date} ${at.toTimeString().slice(0, 8)}`;
}
