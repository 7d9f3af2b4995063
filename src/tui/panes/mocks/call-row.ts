import type { EventDelivery, LoggedCall } from '../../../core/mocks.ts';
import { marksOf } from '../../../display/mocks.ts';
import { type Color, cell, type Row, row, type Span } from '../../row.ts';
import { clockTime, oneLine } from './calls.ts';

interface Look {
  readonly width: number;
  readonly unicode: boolean;
  readonly selected: boolean;
  /** The keys are this list's. */
  readonly focused: boolean;
  /** Of the longest name of a provider in the list. */
  readonly providerWidth: number;
  /** Of the events that it caused. */
  readonly deliveries: readonly EventDelivery[];
}

const SYMBOL_WIDTH = 2;
const TIME_WIDTH = 9;
const STATUS_WIDTH = 4;
const MS_WIDTH = 10;
/** Of these there is the rest; with less for both, the path is left to the details. */
const BOTH_FIT = 66;
const WORDS_WIDTH = 20;
const LONGEST_PATH = 60;

/** A call in one line: when, of whom, how it ended, what it was, and what the app said to the events of it. */
export function callRow(call: LoggedCall, look: Look): Row {
  const { unicode, deliveries } = look;
  const [symbol, color] = symbolOf(call, unicode);
  const columns = columnsOf(look);
  const chosen: Omit<Span, 'text'> = look.selected ? (look.focused ? { inverse: true } : { bold: true }) : {};
  const path = `${call.method} ${oneLine(call.path, unicode)}`;
  const marks = marksOf(call).map((mark) => `${mark}  `);
  const text = (part: string, more: Omit<Span, 'text'> = {}): Span => ({ text: part, ...more, ...chosen });
  return row(
    text(`${symbol} `, { color }),
    text(clockTime(call.at).padEnd(TIME_WIDTH), { dim: true }),
    text(columns.provider ? `${call.provider.padEnd(look.providerWidth)} ` : ''),
    text(String(call.status).padEnd(STATUS_WIDTH), { color }),
    text(columns.ms ? `${call.ms} ms  `.padStart(MS_WIDTH) : '', { dim: true }),
    text(columns.path > 0 ? cell(path, columns.path) : ''),
    text(marks.join(''), { color: 'yellow' }),
    ...hookSpans(deliveries, columns.path > 0).map(({ text: part, ...more }) => text(part, more)),
    text(oneLine(call.summary, unicode)),
  );
}

function columnsOf({ width, providerWidth }: Look) {
  let room = width - SYMBOL_WIDTH - TIME_WIDTH - STATUS_WIDTH - WORDS_WIDTH;
  const [provider, ms] = [providerWidth + 1, MS_WIDTH].map((needed) => {
    const fits = room >= needed;
    room -= fits ? needed : 0;
    return fits;
  });
  room += WORDS_WIDTH;
  return { provider, ms, path: room < BOTH_FIT ? 0 : Math.min(LONGEST_PATH, Math.floor(room * 0.4)) };
}

type Looked = readonly [symbol: string, color: Color];

/** By shape and by colour, so that either is enough. */
export function symbolOf({ status, cut, unsupported }: LoggedCall, unicode: boolean): Looked {
  const [fancy, plain, color] = unsupported ? UNSUPPORTED : cut ? CUT : ofStatus(status);
  return [unicode ? fancy : plain, color];
}

type Shape = readonly [unicode: string, ascii: string, color: Color];
const UNSUPPORTED: Shape = ['◇', '?', 'magenta'];
const CUT: Shape = ['◌', '~', 'yellow'];

function ofStatus(status: number): Shape {
  if (status >= 500) return ['✖', 'x', 'red'];
  if (status >= 400) return ['▲', '!', 'yellow'];
  return status >= 300 ? ['▷', '>', 'cyan'] : ['●', '*', 'green'];
}

/** How the app took the events of a call, the worst of it; what went well only where there is room. */
function hookSpans(deliveries: readonly EventDelivery[], alsoGood: boolean): readonly Span[] {
  const worst = ORDER.flatMap((state) => deliveries.filter((delivery) => delivery.state === state))[0];
  if (!worst) return [];
  const last = worst.attempts.at(-1);
  const bad = worst.state === 'failed' || (worst.state === 'pending' && last !== undefined);
  if (!bad && !alsoGood) return [];
  const reply = last === undefined ? 'waits' : last.status === null ? 'no reply' : String(last.status);
  const said = worst.state === 'outside' ? 'not sent' : reply;
  return [{ text: `webhook ${said}  `, ...(bad ? { color: 'red' as const } : { dim: true }) }];
}

const ORDER = ['failed', 'pending', 'outside', 'delivered'] as const;
