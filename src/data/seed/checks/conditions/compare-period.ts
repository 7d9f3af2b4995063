import type { Operator } from '../../operator.ts';
import { DAY } from '../../value.ts';
import type { Constant } from '../constants.ts';
import { either, type Ways, wayOf } from '../ways.ts';
import { type Atom, byOperator } from './atom.ts';
import type { Operand } from './operand.ts';
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
