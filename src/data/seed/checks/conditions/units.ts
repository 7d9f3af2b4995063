import { DAY } from '../../value.ts';
import { durationOf } from '../arithmetic.ts';
import { type Constant, constantOf, type Interval, isNumeric } from '../constants.ts';
import type { KnownColumn } from './reading.ts';

/** What a number of a type counts (see Value); null where its values are no numbers. */
export type Unit = 'number' | 'day' | 'instant' | 'clock' | 'duration';

export function unitOf(type: KnownColumn['type']): Unit | null {
  if (type.kind !== 'scalar') return null;
  if (isNumeric(type.name)) return 'number';
  if (type.name === 'date') return 'day';
  if (type.name === 'time') return 'clock';
  if (type.name === 'interval') return 'duration';
  return /^timestamp(tz)?$/.test(type.name) ? 'instant' : null;
}

const PG_TYPE: Readonly<Record<Unit, string>> = {
  number: 'numeric',
  day: 'date',
  instant: 'timestamptz',
  clock: 'time',
  duration: 'interval',
};

/** A constant as a number of that unit; null where it is none. A month of an interval is 30 days when it is compared. */
export function numberIn(unit: Unit, constant: Constant): number | null {
  if (constant.kind === 'text') {
    const typed = constantOf(constant.value, PG_TYPE[unit]);
    return typed === null || typed.kind === 'text' ? null : numberIn(unit, typed);
  }
  if (constant.kind === 'number') return unit === 'number' ? constant.value : null;
  if (constant.kind === 'interval') {
    return unit === 'duration' ? constant.months * 30 * DAY + constant.milliseconds : null;
  }
  if (constant.kind !== 'time') return null;
  if (unit === 'clock') return constant.unit === 'time' ? constant.value : null;
  if (constant.unit === 'time') return null;
  if (unit === 'day') return constant.unit === 'date' ? constant.value : constant.value / DAY;
  return unit === 'instant' ? (constant.unit === 'date' ? constant.value * DAY : constant.value) : null;
}

/** What is added to a column, in its unit: at least or at most, as months differ. */
export function added(plus: number | Interval, unit: Unit, which: 'least' | 'most'): number {
  if (typeof plus === 'number') return plus;
  if (unit === 'duration') return plus.months * 30 * DAY + plus.milliseconds;
  const milliseconds = durationOf(plus, which);
  return unit === 'day' ? milliseconds / DAY : milliseconds;
}

export function isExact(plus: number | Interval, unit: Unit): boolean {
  return typeof plus === 'number' || plus.months === 0 || unit === 'duration';
}
