import type { Operator } from '../../operator.ts';
import { DAY } from '../../value.ts';
import type { Constant } from '../constants.ts';
import { either, type Ways, wayOf } from '../ways.ts';
import { type Atom, byOperator } from './atom.ts';
import type { Operand, Truncation } from './operand.ts';
import { Beyond } from './reading.ts';
import { numberIn, unitOf } from './units.ts';

export interface Period {
  readonly start: number;
  /** Not in it any more. */
  readonly end: number;
}

export function dayOf(constant: Constant, column: string): Period {
  const day = numberIn('day', constant);
  if (day === null || !Number.isInteger(day) || (constant.kind === 'time' && constant.moving)) {
    throw new Beyond(`compares the day of ${column} with what is no day`);
  }
  return { start: day * DAY, end: (day + 1) * DAY };
}

/** What a point in time has to be for the day or year that it lies in to compare as wanted. */
export function comparedPeriod(column: string, operator: Operator, { start, end }: Period): Atom {
  const from = (value: number): Ways => wayOf(column, { min: { value, inclusive: true } });
  const until = (value: number): Ways => wayOf(column, { max: { value, inclusive: false } });
  const ways: Readonly<Record<Operator, () => Ways>> = {
    '<': () => until(start),
    '<=': () => until(end),
    '>=': () => from(start),
    '>': () => from(end),
    '=': () => wayOf(column, { min: { value: start, inclusive: true }, max: { value: end, inclusive: false } }),
    '<>': () => either(until(start), from(end)),
  };
  return byOperator(column, operator, (wanted) => ways[wanted]());
}

export function comparedYear(
  operand: Extract<Operand, { kind: 'year' }>,
  operator: Operator,
  constant: Constant,
): Atom {
  if (constant.kind !== 'number' || !Number.isInteger(constant.value))
    throw new Beyond('compares a year with what is none');
  const scale = unitOf(operand.type) === 'day' ? DAY : 1;
  const beginOf = (year: number) => new Date(0).setUTCFullYear(year, 0, 1) / scale;
  return comparedPeriod(operand.column, operator, {
    start: beginOf(constant.value),
    end: beginOf(constant.value + 1),
  });
}

/** `date_trunc('month', starts_at)`; one that is compared with a moment inside of a month is compared with the next month. */
export function comparedTruncation(
  { column, to, type }: Extract<Operand, { kind: 'truncated' }>,
  operator: Operator,
  constant: Constant,
): Atom {
  const day = unitOf(type) === 'day';
  const moment = numberIn('instant', constant);
  if (moment === null || (constant.kind === 'time' && constant.moving)) {
    throw new Beyond(`compares the ${to} of ${column} with what is no moment`);
  }
  const start = truncated(moment, to);
  const end = truncated(start + LONGEST[to], to);
  const scale = day ? DAY : 1;
  return comparedPeriod(column, operator, { start: (start === moment ? start : end) / scale, end: end / scale });
}

const HOUR = 3_600_000;

/** From the beginning of one somewhere into the next one. */
const LONGEST: Readonly<Record<Truncation, number>> = {
  ...{ second: 1000, minute: 60_000, hour: HOUR, day: DAY, week: 7 * DAY },
  ...{ month: 32 * DAY, quarter: 93 * DAY, year: 367 * DAY },
};

function truncated(moment: number, to: Truncation): number {
  const date = new Date(moment);
  if (to === 'year') return new Date(0).setUTCFullYear(date.getUTCFullYear(), 0, 1);
  if (to === 'quarter')
    return new Date(0).setUTCFullYear(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1);
  if (to === 'month') return new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth(), 1);
  // Weeks begin with Monday, and 1970 began with a Thursday.
  const shift = to === 'week' ? 3 * DAY : 0;
  return Math.floor((moment + shift) / LONGEST[to]) * LONGEST[to] - shift;
}
