import type { Moment } from '../../../core/data/state.ts';
import { bytes } from '../../../display/words.ts';
import { shownKey } from '../../help.ts';
import { type Color, cell, type Row, row, type Span } from '../../row.ts';
import { agoText, hashText } from './database-rows.ts';

interface Look {
  readonly width: number;
  readonly now: number;
  readonly unicode: boolean;
  readonly selected: boolean;
  /** The keys are this list's. */
  readonly focused: boolean;
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
const KEY_WIDTH = 8;
/** With less, the keys that lead there are left out. */
const LABEL_WIDTH = 18;

/** A state of the database in one line: what it is, how large, how old, and which key leads there at once. */
export function momentRow(moment: Moment, look: Look): Row {
  const [fancy, plain, color] = SYMBOLS[moment.kind];
  const fixed = 2 + KIND_WIDTH + SIZE_WIDTH + AGE_WIDTH;
  const keyed = look.width >= fixed + LABEL_WIDTH + KEY_WIDTH;
  const labelWidth = Math.min(42, Math.max(6, look.width - fixed - (keyed ? KEY_WIDTH : 0)));
  const chosen: Omit<Span, 'text'> = look.selected ? (look.focused ? { inverse: true } : { bold: true }) : {};
  const ahead = moment.kind === 'redo' ? { dim: true } : {};
  return row(
    { text: `${look.unicode ? fancy : plain} `, color, ...chosen },
    { text: moment.kind.padEnd(KIND_WIDTH), ...ahead, ...chosen },
    { text: cell(labelOf(moment), labelWidth), bold: moment.kind === 'live', ...ahead, ...chosen },
    { text: sizeOf(moment).padStart(SIZE_WIDTH), ...ahead, ...chosen },
    { text: ageOf(moment, look.now).padStart(AGE_WIDTH), dim: true, ...chosen },
    ...(keyed
      ? [{ text: `  ${keyTo(moment, look.unicode).padEnd(KEY_WIDTH - 2)}`, color: 'cyan' as const, ...chosen }]
      : []),
  );
}

/** What it holds, in words. */
export function labelOf(moment: Moment): string {
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

function keyTo(moment: Moment, unicode: boolean): string {
  if (moment.kind === 'baseline') return moment.current ? 'R' : '';
  if (moment.kind === 'undo' || moment.kind === 'redo') {
    if (moment.steps > 1) return `${moment.steps} x`;
    return moment.kind === 'undo' ? 'U' : 'ctrl+r';
  }
  return moment.kind === 'snapshot' ? shownKey('enter', unicode) : '';
}
