import { NUMBERS, TEXTS } from '../types.ts';
import { DAY } from '../value.ts';

/** A constant of an expression, or what can be computed from constants alone. */
export type Constant =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  /** Also of a type that is not one of the others, in the form that Postgres reads. */
  | { readonly kind: 'text'; readonly value: string }
  /** `date` in days, the others in milliseconds. `moving`: it came from the clock, which goes on. */
  | {
      readonly kind: 'time';
      readonly unit: 'date' | 'timestamp' | 'time';
      readonly value: number;
      readonly moving: boolean;
    }
  | { readonly kind: 'interval'; readonly months: number; readonly milliseconds: number }
  | { readonly kind: 'list'; readonly items: readonly Constant[] };

export type TimeConstant = Extract<Constant, { kind: 'time' }>;
export type Interval = Extract<Constant, { kind: 'interval' }>;

export const NULL: Constant = { kind: 'null' };

export function isNumeric(type: string): boolean {
  return NUMBERS.includes(type);
}

export function isTextual(type: string): boolean {
  return type === 'citext' || TEXTS.includes(type);
}

/** What a text means as a value of a type of pg_type; null where that is not known here. */
export function constantOf(text: string, type: string): Constant | null {
  if (isTextual(type)) return { kind: 'text', value: text };
  if (isNumeric(type)) return numberOf(text);
  if (type === 'bool') return booleanOf(text);
  if (type === 'interval') return intervalOf(text);
  if (type === 'date' || type === 'timestamp' || type === 'timestamptz' || type === 'time') return timeOf(text, type);
  return { kind: 'text', value: text };
}

function numberOf(text: string): Constant | null {
  const value = text.trim() === '' ? Number.NaN : Number(text.trim().replace(/^\$/, ''));
  return Number.isNaN(value) ? null : { kind: 'number', value };
}

function booleanOf(text: string): Constant | null {
  const word = text.trim().toLowerCase();
  if (/^(t|true|y|yes|on|1)$/.test(word)) return { kind: 'boolean', value: true };
  return /^(f|false|n|no|off|0)$/.test(word) ? { kind: 'boolean', value: false } : null;
}

function timeOf(text: string, type: 'date' | 'timestamp' | 'timestamptz' | 'time'): Constant | null {
  const infinite = /^\s*(-?)infinity\s*$/i.exec(text);
  const unit = type === 'timestamptz' ? 'timestamp' : type;
  if (infinite) {
    return {
      kind: 'time',
      unit,
      value: infinite[1] ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      moving: false,
    };
  }
  const value = unit === 'time' ? clockOf(text.trim()) : instantOf(text.trim());
  if (value === null) return null;
  return { kind: 'time', unit, value: unit === 'date' ? Math.floor(value / DAY) : value, moving: false };
}

/** Milliseconds since 1970 of a date in ISO form, UTC where it names no zone. */
function instantOf(text: string): number | null {
  const parts = /^(\d{4,6})-(\d\d?)-(\d\d?)(?:[T ](\d[\d:.]*))?\s*(z|utc|[+-]\d\d(?::?\d\d)?)?( bc)?$/i.exec(text);
  if (!parts) return null;
  const [, year = '', month = '', day = '', clock = '', zone = '', bc] = parts;
  const date = new Date(0);
  date.setUTCFullYear(bc ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  const time = clock === '' ? 0 : clockOf(clock);
  return time === null || Number.isNaN(date.getTime()) ? null : date.getTime() + time - zoneOf(zone);
}

function zoneOf(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function clockOf(text: string): number | null {
  const parts = /^(\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?$/.exec(text);
  if (!parts) return null;
  return (Number(parts[1]) * 60 + Number(parts[2])) * 60_000 + Number(parts[3] ?? 0) * 1000;
}

const UNITS: readonly (readonly [RegExp, { readonly months?: number; readonly milliseconds?: number }])[] = [
  [/^y(ears?|rs?)?$/, { months: 12 }],
  [/^mon(s|ths?)?$/, { months: 1 }],
  [/^w(eeks?)?$/, { milliseconds: 7 * DAY }],
  [/^d(ays?)?$/, { milliseconds: DAY }],
  [/^h(ours?|rs?)?$/, { milliseconds: 3_600_000 }],
  [/^m(in(ute)?s?)?$/, { milliseconds: 60_000 }],
  [/^s(ec(ond)?s?)?$/, { milliseconds: 1000 }],
  [/^m(illi)?s(ec(ond)?s?)?$/, { milliseconds: 1 }],
];

/** `1 year 2 mons 3 days 04:05:06`, the form in which Postgres prints them, and words that people write. */
function intervalOf(text: string): Interval | null {
  const sum = { months: 0, milliseconds: 0 };
  const rest = text.toLowerCase().replace(/([+-]?)(\d+:\d\d(?::\d\d(?:\.\d+)?)?)/, (_, sign: string, clock: string) => {
    sum.milliseconds += (sign === '-' ? -1 : 1) * (clockOf(clock) ?? Number.NaN);
    return '';
  });
  const left = rest.replace(/([+-]?\d+(?:\.\d+)?)\s*([a-z]+)/g, (_, count: string, word: string) => {
    const unit = UNITS.find(([name]) => name.test(word))?.[1];
    sum.months += Number(count) * (unit?.months ?? 0);
    sum.milliseconds += unit ? Number(count) * (unit.milliseconds ?? 0) : Number.NaN;
    return '';
  });
  const understood = left.trim() === '' && Number.isInteger(sum.months) && !Number.isNaN(sum.milliseconds);
  return understood && text.trim() !== '' ? { kind: 'interval', ...sum } : null;
}
