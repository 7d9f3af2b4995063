import type { Domain } from '../../domain.ts';
import type { Operator } from '../../operator.ts';
import type { Value } from '../../value.ts';
import { DAY } from '../../value.ts';
import type { Constant } from '../constants.ts';
import { NEVER, partly, wayOf } from '../ways.ts';
import { type Atom, atom, byOperator, negated } from './atom.ts';
import { comparedPeriod, dayOf } from './compare-period.ts';
import type { Operand, Plain } from './operand.ts';
import { Beyond, type KnownColumn } from './reading.ts';
import { added, isExact, numberIn, unitOf } from './units.ts';

/**
 * How much later than `now` a value has to be that is later than the clock: it goes on after the values were made, which are
 * to be the same whenever they are made.
 */
const LATER = 10 * 365 * DAY;

/** A column that isn't text with a constant. */
export function comparedPlain(operand: Plain, operator: Operator, constant: Constant): Atom {
  const { column, type, plus, asDate } = operand;
  const unit = unitOf(type);
  if (unit === null) return comparedOther(operand, operator, constant);
  if (numberIn(unit, constant) === null) throw new Beyond(`compares ${column} with what is of another type`);
  if (asDate) return comparedPeriod(column, operator, dayOf(constant, column));
  return byOperator(column, operator, (wanted) => {
    const exact = isExact(plus, unit);
    if (!exact && (wanted === '=' || wanted === '<>')) throw new Beyond('adds months to a column');
    const later = wanted.startsWith('>') && constant.kind === 'time' && constant.moving;
    const moved =
      later && constant.kind === 'time' ? { ...constant, value: constant.value + inUnit(constant.unit) } : constant;
    const value = (numberIn(unit, moved) ?? 0) - added(plus, unit, wanted.startsWith('<') ? 'most' : 'least');
    const ways = wayOf(column, type.name === 'float4' ? inFloat4(demand(wanted, value), value) : demand(wanted, value));
    return exact && !later ? ways : partly(ways);
  });
}

/** A number that float4 can't hold is another one there, on whichever side. */
function inFloat4(domain: Partial<Domain>, value: number): Partial<Domain> {
  if (Math.fround(value) === value) return domain;
  if (domain.oneOf || domain.noneOf) throw new Beyond('names a number that float4 has not');
  const bound = { value, inclusive: false };
  return domain.min ? { min: bound } : { max: bound };
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

/** An end of a range: how early it may begin, how late it may end. */
export function comparedEnd(operand: Extract<Operand, { kind: 'end' }>, operator: Operator, constant: Constant): Atom {
  const { column, side, type } = operand;
  const unit = type.kind === 'range' ? unitOf(type.subtype as KnownColumn['type']) : null;
  const value = unit && numberIn(unit, constant);
  if (value === null) throw new Beyond(`compares an end of ${column} that is no number`);
  return byOperator(column, operator, (wanted) => {
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
  return byOperator(column, operator, among);
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
