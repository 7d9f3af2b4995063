import { type Operator, opposite } from '../../operator.ts';
import type { Constant } from '../constants.ts';
import { comparing, partly } from '../ways.ts';
import { type Atom, atom } from './atom.ts';
import type { Difference, Plain } from './operand.ts';
import { Beyond } from './reading.ts';
import { added, isExact, numberIn, type Unit, unitOf } from './units.ts';

export function comparedColumns(left: Plain, operator: Operator, right: Plain): Atom {
  return between(left, operator, right, commonUnit(left, right), 0);
}

/** `left - right` with a constant: a number of dates and numbers, an interval of the others. */
export function comparedDifference({ left, right }: Difference, operator: Operator, constant: Constant): Atom {
  const unit = commonUnit(left, right);
  const difference = numberIn(unit === 'number' || unit === 'day' ? 'number' : 'duration', constant);
  if (difference === null) throw new Beyond(`compares how far ${left.column} and ${right.column} are apart`);
  return between(left, operator, right, unit, difference);
}

function commonUnit(left: Plain, right: Plain): Unit {
  const unit = unitOf(left.type);
  const names = `${left.column} and ${right.column}`;
  if (unit === null || unitOf(right.type) === null)
    throw new Beyond(`compares ${names}, which are not numbers or times`);
  if (unit !== unitOf(right.type) || left.asDate || right.asDate)
    throw new Beyond(`compares ${names}, which are of two types`);
  if (unit === 'clock' && (left.plus !== 0 || right.plus !== 0)) throw new Beyond('adds to a time of day');
  return unit;
}

/** Where months are added, an offset is taken that fits whatever their length. */
function between(left: Plain, operator: Operator, right: Plain, unit: Unit, difference: number): Atom {
  const exact = isExact(left.plus, unit) && isExact(right.plus, unit);
  const ways = (wanted: Operator) => () => {
    if (!exact && (wanted === '=' || wanted === '<>')) throw new Beyond('adds months to a column');
    const [own, others] = wanted.startsWith('<') ? (['most', 'least'] as const) : (['least', 'most'] as const);
    const offset = difference + added(right.plus, unit, others) - added(left.plus, unit, own);
    const comparison = comparing({ left: left.column, operator: wanted, right: right.column, offset });
    return exact ? comparison : partly(comparison);
  };
  return atom([left.column, right.column], ways(operator), ways(opposite(operator)));
}
