import type { Moment } from '../../../core/data/state.ts';
import { bytes } from '../../../display/words.ts';
import { shownKey } from '../../keys/shown-key.ts';
import { type Color, cell, type Row, row, type Span } from '../../row.ts';
import { agoText, hashText } from './database-rows.ts';

interface Look {
  readonly width: number;
  readonly now: number;
  readonly unicode: boolean;
  readonly selected: boolean;
  /** The keys are this list's. */
  readonly focused: boolean;
  /** There is no other database that a verb could mean. */
  readonly alone: boolean;
}

/** By shape and by colour, so that either is enough. */
const SYMBOLS: Readonly<Record<Moment['kind'], readonly [unicode: string, ascii: string, color: Color]>> = {
  redo: ['▷', '>', 'magenta'],
  live: ['●', '*', 'green'],
  undo: ['◁', '<', 'yellow'],
  snapshot: ['◆', '+', 'cyan'],
  baseline: ['■', '#', 'blue'],
};

const KIND_WIDTH = 9;
const SIZE_WIDTH = 10;
const AGE_WIDTH = 11;
const KEY_WIDTH = 14;
/** With less, other columns are left out: first the keys that lead there, then the age, the size, and the kind in words. */
const LABEL_WIDTH = 16;

/** A state of the database in one line: what it is, how large, how old, and which key leads there at once. */
export function momentRow(moment: Moment, look: Look): Row {
  const [fancy, plain, color] = SYMBOLS[moment.kind];
  const columns = columnsOf(look.width);
  const chosen: Omit<Span, 'text'> = look.selected ? (look.focused ? { inverse: true } : { bold: true }) : {};
  const ahead = moment.kind === 'redo' ? { dim: true } : {};
  return row(
    { text: `${look.unicode ? fancy : plain} `, color, ...chosen },
    { text: columns.kind ? moment.kind.padEnd(KIND_WIDTH) : '', ...ahead, ...chosen },
    { text: cell(labelOf(moment), columns.label), bold: moment.kind === 'live', ...ahead, ...chosen },
    { text: columns.size ? sizeOf(moment).padStart(SIZE_WIDTH) : '', ...ahead, ...chosen },
    { text: columns.age ? ageOf(moment, look.now).padStart(AGE_WIDTH) : '', dim: true, ...chosen },
    ...(columns.key
      ? [{ text: `  ${keyTo(moment, look).padEnd(KEY_WIDTH - 2)}`, color: 'cyan' as const, ...chosen }]
      : []),
  );
}

const LONGEST_LABEL = 42;
const SYMBOL_WIDTH = 2;

function columnsOf(width: number) {
  let room = width - SYMBOL_WIDTH - LABEL_WIDTH;
  const [kind, size, age, key] = [KIND_WIDTH, SIZE_WIDTH, AGE_WIDTH, KEY_WIDTH].map((needed) => {
    const fits = room >= needed;
    room -= needed;
    return fits ? needed : 0;
  }) as [number, number, number, number];
  const label = Math.min(LONGEST_LABEL, Math.max(1, width - SYMBOL_WIDTH - kind - size - age - key));
  return { label, kind, size, age, key };
}

/** What it holds, in words. */
function labelOf(moment: Moment): string {
  switch (moment.kind) {
    case 'live':
      return moment.database;
    case 'undo':
      return `before the ${moment.copy.label}`;
    case 'redo':
      return `after the ${moment.copy.label}`;
    case 'snapshot':
      return moment.copy.label;
    case 'baseline':
      return `${hashText(moment.copy.baseline)}${moment.current ? '' : ', outdated'}`;
    default:
      return moment satisfies never;
  }
}

function sizeOf(moment: Moment): string {
  const size = moment.kind === 'live' ? moment.sizeBytes : moment.copy.sizeBytes;
  return size === null ? '-' : bytes(size);
}

function ageOf(moment: Moment, now: number): string {
  return moment.kind === 'live' ? 'now' : agoText(moment.copy.created, now);
}

function keyTo(moment: Moment, { unicode, alone }: Look): string {
  const enter = shownKey('enter', unicode);
  if (moment.kind === 'baseline') return moment.current ? (alone ? 'R' : enter) : '';
  if (!alone && (moment.kind === 'undo' || moment.kind === 'redo')) return moment.steps === 1 ? enter : '';
  if (moment.kind === 'undo' || moment.kind === 'redo') {
    const key = moment.kind === 'undo' ? 'U' : 'ctrl+r';
    return moment.steps > 1 ? `${moment.steps} x ${key}` : key;
  }
  return moment.kind === 'snapshot' ? enter : '';
}
