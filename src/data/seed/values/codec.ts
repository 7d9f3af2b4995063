import { baseOf, type Type } from '../schema.ts';
import type { Value } from '../value.ts';
import { arrayEncoder, compositeEncoder, rangeEncoder } from './parts-text.ts';
import { parseDate, parseInterval, parseTime, parseTimestamp } from './time-parse.ts';
import { formatDate, formatInterval, formatTime, formatTimestamp } from './time-text.ts';

/** A value that is not null, in the text form that Postgres reads for its type (before any quoting of COPY's own). */
export type Encoder = (value: Exclude<Value, null>) => string;

const encoders = new WeakMap<Type, Encoder>();

/**
 * Text form of a value that is not null. UTC with its offset for timestamptz and timetz. For a column, `encoderOf` is
 * faster.
 */
export function encode(type: Type, value: Value): string {
  if (value === null) throw new RangeError('null has no text form');
  let encoder = encoders.get(type);
  if (!encoder) {
    encoder = encoderOf(type);
    encoders.set(type, encoder);
  }
  return encoder(value);
}

/** Prepared for one type: to be called for each value of a column. */
export function encoderOf(type: Type): Encoder {
  const base = baseOf(type);
  if (base.kind === 'array') return arrayEncoder(base.element);
  if (base.kind === 'range') return rangeEncoder(base.subtype, base.multi);
  if (base.kind === 'composite') return compositeEncoder(base.fields.map((field) => field.type));
  if (base.kind !== 'scalar') return plainText;
  const number = numberEncoder(base.name, base.scale);
  return (value) => (typeof value === 'string' ? value : typeof value === 'number' ? number(value) : plainText(value));
}

/**
 * What Postgres printed (DateStyle ISO, IntervalStyle postgres or iso_8601) as a value: numbers, dates, times and
 * booleans; anything else, also numbers that a double can't hold, stays text.
 */
export function decode(type: Type, text: string): Value {
  const base = baseOf(type);
  if (base.kind !== 'scalar') return text;
  if (base.name === 'bool') return text === 't' || text === 'true';
  return DECODERS[base.name]?.(text) ?? text;
}

function numberEncoder(name: string, scale: number | null): (value: number) => string {
  switch (name) {
    case 'date':
      return formatDate;
    case 'timestamp':
      return (value) => formatTimestamp(value);
    case 'timestamptz':
      return (value) => formatTimestamp(value, '+00');
    case 'time':
      return formatTime;
    case 'timetz':
      return (value) => `${formatTime(value)}+00`;
    case 'interval':
      return formatInterval;
    case 'money':
      return formatHundredths;
    case 'numeric':
      if (scale === 2) return formatHundredths;
      // With more digits than a double has, the last ones would be noise; the server fills them up.
      return scale === null || scale < 0 || scale > 6 ? String : (value) => value.toFixed(scale);
    default:
      return String;
  }
}

const HUNDREDTHS = Array.from({ length: 100 }, (_, number) => `.${String(number).padStart(2, '0')}`);

/** As toFixed(2), in a third of the time. */
function formatHundredths(value: number): string {
  if (value < 0 || value > 1e12) return value.toFixed(2);
  const hundredths = Math.round(value * 100);
  const whole = Math.floor(hundredths / 100);
  return whole + (HUNDREDTHS[hundredths - whole * 100] as string);
}

const number = (text: string): number | null => {
  const value = Number(text);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : null;
};

/** Those that count; a double holds fifteen of any number. */
function digitsIn(text: string): number {
  return text.replace(/\D/g, '').replace(/^0+/, '').length;
}

const DECODERS: Readonly<Record<string, (text: string) => number | null>> = {
  int2: number,
  int4: number,
  int8: number,
  float4: number,
  float8: number,
  numeric: (text) => (digitsIn(text) > 15 ? null : number(text)),
  oid: number,
  money: parseMoney,
  date: parseDate,
  timestamp: parseTimestamp,
  timestamptz: parseTimestamp,
  time: parseTime,
  timetz: parseTime,
  interval: parseInterval,
};

/** `$1,234.50`, `-1.234,50 €` or `¥1,234`: the locale of the database decides. */
function parseMoney(text: string): number | null {
  const match = /(\d[\d.,' ]*)/.exec(text.replace(/\p{Zs}/gu, ' '));
  if (!match) return null;
  const digits = (match[1] as string)
    .trim()
    .replace(/[.,](\d\d)$/, 'p$1')
    .replace(/[^\dp]/g, '')
    .replace('p', '.');
  return (/[-(]/.test(text) ? -1 : 1) * Number(digits);
}

function plainText(value: Exclude<Value, null>): string {
  if (typeof value === 'object') throw new RangeError('a value with parts needs a type with parts');
  return typeof value === 'boolean' ? (value ? 't' : 'f') : String(value);
}
