import { DAY } from '../value.ts';
import { type Constant, type Interval, NULL, type TimeConstant } from './constants.ts';

/** `left operator right` of constants, with + - * / and %; null where that is not known here. */
export function computed(left: Constant, operator: string, right: Constant): Constant | null {
  if (left.kind === 'null' || right.kind === 'null') return NULL;
  if (left.kind === 'number' && right.kind === 'number') return ofNumbers(left.value, operator, right.value);
  if (left.kind === 'interval' && right.kind === 'number' && operator === '*') return times(left, right.value);
  if (left.kind === 'number' && right.kind === 'interval' && operator === '*') return times(right, left.value);
  if (left.kind === 'text' && right.kind === 'text' && operator === '||') {
    return { kind: 'text', value: left.value + right.value };
  }
  if (operator !== '+' && operator !== '-') return null;
  if (right.kind === 'time' && operator === '+') return left.kind === 'time' ? null : moved(right, left, 1);
  return left.kind === 'time' ? moved(left, right, operator === '+' ? 1 : -1) : ofIntervals(left, operator, right);
}

/** Division of whole numbers is Postgres' own only where nothing remains; else it depends on types that are not told. */
function ofNumbers(left: number, operator: string, right: number): Constant | null {
  if (operator === '+') return { kind: 'number', value: left + right };
  if (operator === '-') return { kind: 'number', value: left - right };
  if (operator === '*') return { kind: 'number', value: left * right };
  if (operator === '%' && right !== 0) return { kind: 'number', value: left % right };
  if (operator === '/' && right !== 0 && left % right === 0) return { kind: 'number', value: left / right };
  return null;
}

function times({ months, milliseconds }: Interval, factor: number): Constant | null {
  if (!Number.isInteger(months * factor)) return null;
  return { kind: 'interval', months: months * factor, milliseconds: milliseconds * factor };
}

function ofIntervals(left: Constant, operator: '+' | '-', right: Constant): Constant | null {
  if (left.kind !== 'interval' || right.kind !== 'interval') return null;
  const sign = operator === '+' ? 1 : -1;
  return {
    kind: 'interval',
    months: left.months + sign * right.months,
    milliseconds: left.milliseconds + sign * right.milliseconds,
  };
}

function moved(time: TimeConstant, by: Constant, sign: 1 | -1): Constant | null {
  if (by.kind === 'number' && time.unit === 'date') return { ...time, value: time.value + sign * by.value };
  if (by.kind !== 'interval' || time.unit === 'time') return null;
  const start = time.unit === 'date' ? time.value * DAY : time.value;
  return { ...time, unit: 'timestamp', value: monthsLater(start, sign * by.months) + sign * by.milliseconds };
}

/** A month later is the same day, or the last one of a shorter month, as in Postgres. */
function monthsLater(time: number, months: number): number {
  if (months === 0 || !Number.isFinite(time)) return time;
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

/** The fewest or the most milliseconds that an interval can last, which depends on what it begins at. */
export function durationOf({ months, milliseconds }: Interval, which: 'least' | 'most'): number {
  const longest = (which === 'most') === months >= 0;
  const years = Math.trunc(months / 12);
  const days = years * (longest ? 366 : 365) + (months % 12) * (longest ? 31 : 28);
  return days * DAY + milliseconds;
}
