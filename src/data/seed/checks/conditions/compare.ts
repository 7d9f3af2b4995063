import type { Node } from 'libpg-query';
import { holds, mirrored, type Operator, opposite } from '../../operator.ts';
import type { Constant } from '../constants.ts';
import { both, either, type Ways, wayOf } from '../ways.ts';
import { type Atom, atom, constantAtom, FALSE, negated, TRUE } from './atom.ts';
import { comparedColumns, comparedDifference } from './compare-columns.ts';
import { comparedLength } from './compare-length.ts';
import { comparedTruncation, comparedYear } from './compare-period.ts';
import { comparedEnd, comparedPlain } from './compare-plain.ts';
import { comparedPart, comparedPosition, comparedText, comparedTexts } from './compare-text.ts';
import type { Operand } from './operand.ts';
import { Beyond } from './reading.ts';

/** How a condition comes to an outcome. */
export type To = (part: Node, goal: number) => Ways;

export function compared(left: Operand, operator: Operator, right: Operand, to: To): Atom {
  if (right.kind === 'constant') {
    if (left.kind === 'constant') return ofConstants(left.constant, operator, right.constant);
    return against(left, operator, right.constant, to);
  }
  if (left.kind === 'constant') return against(right, mirrored(operator), left.constant, to);
  if (left.kind === 'text' && right.kind === 'text') return comparedTexts(left, operator, right);
  if (left.kind === 'plain' && right.kind === 'plain') return comparedColumns(left, operator, right);
  throw new Beyond('compares two things that are computed');
}

function against(
  operand: Exclude<Operand, { kind: 'constant' }>,
  operator: Operator,
  constant: Constant,
  to: To,
): Atom {
  if (constant.kind === 'null') return constantAtom(null);
  switch (operand.kind) {
    case 'plain':
      return comparedPlain(operand, operator, constant);
    case 'end':
      return comparedEnd(operand, operator, constant);
    case 'year':
      return comparedYear(operand, operator, constant);
    case 'truncated':
      return comparedTruncation(operand, operator, constant);
    case 'text':
      return comparedText(operand, operator, constant);
    case 'difference':
      return comparedDifference(operand, operator, constant);
    case 'part':
      return comparedPart(operand, operator, constant);
    case 'position':
      return comparedPosition(operand, operator, constant);
    case 'length':
      return comparedLength(operand, operator, constant);
    case 'modulo':
      return comparedModulo(operand, operator, constant);
    case 'jsonType':
      return comparedJsonType(operand, operator, constant);
    case 'count':
      return comparedCount(operand, operator, constant, to);
  }
}

function ofConstants(left: Constant, operator: Operator, right: Constant): Atom {
  if (left.kind === 'null' || right.kind === 'null') return constantAtom(null);
  if (left.kind === 'number' && right.kind === 'number') return constantAtom(holds(left.value, operator, right.value));
  const same = (left.kind === 'text' && right.kind === 'text') || (left.kind === 'boolean' && right.kind === 'boolean');
  if (!same || (operator !== '=' && operator !== '<>')) throw new Beyond('compares constants');
  return constantAtom((left.value === right.value) === (operator === '='));
}

/** More remainders than these are not counted one by one. */
const LARGEST_DIVISOR = 32;

/** Every remainder that would do is a way of its own. */
function comparedModulo(operand: Extract<Operand, { kind: 'modulo' }>, operator: Operator, constant: Constant): Atom {
  const { column, divisor } = operand;
  if (constant.kind !== 'number') throw new Beyond('compares a remainder with what is no number');
  if (operator === '<>') return negated(comparedModulo(operand, '=', constant));
  const { value } = constant;
  const leaving = (...remainders: readonly number[]) =>
    either(...remainders.map((remainder) => wayOf(column, { modulo: [{ divisor, remainder }] })));
  const few = divisor <= LARGEST_DIVISOR;
  if (operator === '=' && !few) {
    const next = (Math.abs(value) + 1) % divisor;
    const possible = Number.isInteger(value) && Math.abs(value) < divisor;
    return atom(
      [column],
      () => leaving(...(possible ? [value] : [])),
      () => ({ ...leaving(next), whole: false }),
    );
  }
  if (!few) throw new Beyond(`leaves many remainders of ${divisor}`);
  const all = Array.from({ length: 2 * divisor - 1 }, (_, index) => index - divisor + 1);
  const ways = (wanted: Operator) => leaving(...all.filter((one) => holds(one, wanted, value)));
  return atom(
    [column],
    () => ways(operator),
    () => ways(opposite(operator)),
  );
}

const JSON_TYPES = ['object', 'array', 'string', 'number', 'boolean', 'null'];

function comparedJsonType({ column }: { readonly column: string }, operator: Operator, constant: Constant): Atom {
  if (constant.kind !== 'text' || (operator !== '=' && operator !== '<>')) throw new Beyond('orders types of JSON');
  const among = (same: boolean) => () =>
    either(
      ...JSON_TYPES.filter((type) => (type === constant.value) === same).map((jsonType) => wayOf(column, { jsonType })),
    );
  const equal = atom([column], among(true), among(false));
  return operator === '=' ? equal : negated(equal);
}

/** Every choice of conditions that gives a fitting number. */
function comparedCount(
  { conditions, plus }: Extract<Operand, { kind: 'count' }>,
  operator: Operator,
  constant: Constant,
  to: To,
): Atom {
  if (constant.kind !== 'number') throw new Beyond('compares a number with what is none');
  if (conditions.length > 10) throw new Beyond(`counts ${conditions.length} conditions`);
  const choices = Array.from({ length: 2 ** conditions.length }, (_, bits) =>
    conditions.map((_, at) => (bits >> at) & 1),
  );
  const ways = (wanted: Operator) => () =>
    either(
      ...choices
        .filter((choice) =>
          holds(
            choice.reduce((sum, one) => sum + one, plus),
            wanted,
            constant.value,
          ),
        )
        .map((choice) => both(...conditions.map((condition, at) => to(condition, choice[at] ? TRUE : FALSE)))),
    );
  return atom([], ways(operator), ways(opposite(operator)));
}
