import type { Domain } from '../../domain.ts';
import type { Value } from '../../value.ts';
import { type Constant, DAY } from '../constants.ts';
import { either, NEVER, partly, type Ways, wayOf } from '../ways.ts';
import { type Atom, atom, negated } from './atom.ts';
import type { Operand, Plain } from './operand.ts';
import { type Operator, opposite } from './operator.ts';
import { Beyond, type KnownColumn } from './reading.ts';
import { added, isExact, numberIn, unitOf } from './units.ts';

/**
 * How much later than `now` a value has to be that is later than the clock: it goes on after the values were made, which are
 * to be the same whenever they are made.
 */
const LATER = 10 * 365 * DAY;

type Compares = (operator: Operator) => Ways;

function withBoth(column: string, operator: Operator, ways: Compares): Atom {
  return atom(
    [column],
    () => ways(operator),
    () => ways(opposite(operator)),
  );
}

/** A column that isn't text with a constant. */
export function comparedPlain(operand: Plain, operator: Operator, constant: Constant): Atom {
  const { column, type, plus, asDate } = operand;
  const unit = unitOf(type);
  if (unit === null) return comparedOther(operand, operator, constant);
  if (numberIn(unit, constant) === null) throw new Beyond(`compares ${column} with what is of another type`);
  if (asDate) return comparedPeriod(column, operator, dayOf(constant, column));
  return withBoth(column, operator, (wanted) => {
    const exact = isExact(plus, unit);
    if (!exact && (wanted === '=' || wanted === '<>')) throw new Beyond('adds months to a column');
    const later = wanted.startsWith('>') && constant.kind === 'time' && constant.moving;
    const moved =
      later && constant.kind === 'time' ? { ...constant, value: constant.value + inUnit(constant.unit) } : constant;
    const value = (numberIn(unit, moved) ?? 0) - added(plus, unit, wanted.startsWith('<') ? 'most' : 'least');
    const ways = wayOf(column, demand(wanted, value));
    return exact && !later ? ways : partly(ways);
  });
}

function inUnit(unit: 'date' | 'timestamp' | 'time'): number {
  return unit === 'date' ? LATER / DAY : LATER;
}

function demand(operator: Operator, value: number): Partial<Domain> {
  if (operator === '=' || operator === '<>') {
    if (!Number.isFinite(value)) throw new Beyond('names infinity');
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Beyond('names a number beyond 2^53');
    return operator === '=' ? { oneOf: [value] } : { noneOf: [value] };
  }
  const bound = { value, inclusive: operator.endsWith('=') };
  return operator.startsWith('<') ? { max: bound } : { min: bound };
}

interface Period {
  readonly start: number;
  /** Not in it any more. */
  readonly end: number;
}

function dayOf(constant: Constant, column: string): Period {
  const day = numberIn('day', constant);
  if (day === null || !Number.isInteger(day) || (constant.kind === 'time' && constant.moving)) {
    throw new Beyond(`compares the day of ${column} with what is no day`);
  }
  return { start: day * DAY, end: (day + 1) * DAY };
}

/** What a point in time has to be for the day or year that it lies in to compare as wanted. */
function comparedPeriod(column: string, operator: Operator, { start, end }: Period): Atom {
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
  return withBoth(column, operator, (wanted) => ways[wanted]());
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

/** An end of a range: how early it may begin, how late it may end. */
export function comparedEnd(operand: Extract<Operand, { kind: 'end' }>, operator: Operator, constant: Constant): Atom {
  const { column, side, type } = operand;
  const unit = type.kind === 'range' ? unitOf(type.subtype as KnownColumn['type']) : null;
  const value = unit && numberIn(unit, constant);
  if (value === null) throw new Beyond(`compares an end of ${column} that is no number`);
  return withBoth(column, operator, (wanted) => {
    if (!wanted.startsWith(side === 'lower' ? '>' : '<') || wanted === '<>')
      throw new Beyond(`compares ${side}(${column}) with ${wanted}`);
    return partly(wayOf(column, { minLength: 1, ...demand(wanted, value) }));
  });
}

/** Of types whose values are no numbers: enums have an order, of others it is known whether they are equal. */
function comparedOther({ column, type }: Plain, operator: Operator, constant: Constant): Atom {
  if (type.kind === 'enum') return comparedEnum(column, type.labels, operator, constant);
  if (operator !== '=' && operator !== '<>') throw new Beyond(`compares ${column} by its order`);
  if (constant.kind === 'list' || type.kind === 'array') return comparedEmpty(column, operator, constant);
  const value: Value | undefined = constant.kind === 'text' || constant.kind === 'boolean' ? constant.value : undefined;
  if (value === undefined || type.kind === 'composite' || type.kind === 'range') {
    throw new Beyond(`compares ${column} with a value of its type`);
  }
  const bool = type.kind === 'scalar' && type.name === 'bool';
  const equal = atom(
    [column],
    () => wayOf(column, { oneOf: [value] }),
    () => (bool ? wayOf(column, { oneOf: [!value] }) : wayOf(column, { noneOf: [value] })),
  );
  return operator === '=' ? equal : negated(equal);
}

function comparedEnum(column: string, labels: readonly string[], operator: Operator, constant: Constant): Atom {
  const place = constant.kind === 'text' ? labels.indexOf(constant.value) : -1;
  const among = (wanted: Operator) => {
    const fitting = labels.filter((_, at) =>
      at === place ? wanted.endsWith('=') : at < place === wanted.startsWith('<'),
    );
    if (wanted === '=') return place < 0 ? NEVER : wayOf(column, { oneOf: [labels[place] ?? null] });
    return wayOf(column, { oneOf: wanted === '<>' ? labels.filter((_, at) => at !== place) : fitting });
  };
  return withBoth(column, operator, among);
}

function comparedEmpty(column: string, operator: Operator, constant: Constant): Atom {
  const empty =
    (constant.kind === 'list' && constant.items.length === 0) || (constant.kind === 'text' && constant.value === '{}');
  if (!empty) throw new Beyond(`compares the array ${column} with another`);
  const equal = atom(
    [column],
    () => wayOf(column, { maxLength: 0 }),
    () => wayOf(column, { minLength: 1 }),
  );
  return operator === '=' ? equal : negated(equal);
}
