import type { Node } from 'libpg-query';
import { WHOLE_NUMBERS } from '../../types.ts';
import { computed } from '../arithmetic.ts';
import { type Constant, constantOf, type Interval, isNumeric, isTextual } from '../constants.ts';
import { folded } from './fold.ts';
import { measureOf } from './measure.ts';
import { Beyond, bare, columnOf, type KnownColumn, operatorOf, type Reading, typeNameOf } from './reading.ts';
import { edited, type Text } from './text.ts';
import { whatItIs } from './what-it-is.ts';

/** One side of a comparison, as far as it is understood. */
export type Operand =
  | { readonly kind: 'constant'; readonly constant: Constant }
  | Plain
  | Text
  | Difference
  | { readonly kind: 'part'; readonly column: string; readonly side: 'prefix' | 'suffix'; readonly length: number }
  | { readonly kind: 'length'; readonly column: string; readonly of: LengthOf; readonly trimmed: boolean }
  | { readonly kind: 'modulo'; readonly column: string; readonly divisor: number }
  | { readonly kind: 'jsonType'; readonly column: string }
  | { readonly kind: 'position'; readonly text: Text; readonly needle: string }
  | {
      readonly kind: 'end';
      readonly column: string;
      readonly side: 'lower' | 'upper';
      readonly type: KnownColumn['type'];
    }
  | { readonly kind: 'year'; readonly column: string; readonly type: KnownColumn['type'] }
  /** The beginning of the month, day or the like that it lies in. */
  | {
      readonly kind: 'truncated';
      readonly column: string;
      readonly to: Truncation;
      readonly type: KnownColumn['type'];
    }
  /** How many of these are true; none of them is ever NULL. */
  | { readonly kind: 'count'; readonly conditions: readonly Node[]; readonly plus: number };

export type Truncation = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

/** `array`: the first dimension, which an empty array has not; `ascii`: bytes of a text. */
export type LengthOf = 'characters' | 'bytes' | 'ascii' | 'elements' | 'array';

/** A column that isn't text, with what is added to it: a number in its unit, or an interval. */
export interface Plain {
  readonly kind: 'plain';
  readonly column: string;
  readonly type: KnownColumn['type'];
  readonly plus: number | Interval;
  /** A timestamp of which only the day is looked at. */
  readonly asDate: boolean;
}

/** `left - right`. */
export interface Difference {
  readonly kind: 'difference';
  readonly left: Plain;
  readonly right: Plain;
}

export function operandOf(written: Node, reading: Reading): Operand {
  const node = bare(written);
  const constant = folded(node, reading);
  if (constant) return { kind: 'constant', constant };
  const column = columnOf(node, reading);
  if (column) return ofColumn(column);
  const measured = edited(node, reading) ?? measureOf(node, reading);
  if (measured) return measured;
  if ('TypeCast' in node && node.TypeCast.arg) {
    return castOperand(node.TypeCast.arg, typeNameOf(node), node.TypeCast.typeName?.typmods !== undefined, reading);
  }
  return added(node, reading);
}

function ofColumn({ column, type }: KnownColumn): Plain | Text {
  const textual = (type.kind === 'scalar' && isTextual(type.name)) || (type.kind === 'other' && type.name === 'citext');
  const padded = type.kind === 'scalar' && type.name === 'bpchar' ? type.length : null;
  if (textual) return { kind: 'text', column, letters: null, trim: null, ignoreCase: type.name === 'citext', padded };
  return { kind: 'plain', column, type, plus: 0, asDate: false };
}

/** A cast that leaves the value what it was, as pg_get_expr writes them around columns. */
function castOperand(inner: Node, to: string, limited: boolean, reading: Reading): Operand {
  const operand = operandOf(inner, reading);
  const refuse = () => new Beyond(`casts to ${to}`);
  if (limited) throw refuse();
  if (operand.kind === 'text') {
    if (!isTextual(to)) throw refuse();
    const padded = to === 'bpchar' ? operand.padded : null;
    return { ...operand, ignoreCase: operand.ignoreCase && to === 'citext', padded };
  }
  if (operand.kind !== 'plain') {
    if (/^(int[48]|numeric|float[48])$/.test(to)) return operand;
    throw refuse();
  }
  const { type } = operand;
  if (type.kind === 'enum' && isTextual(to)) return operand;
  if (type.kind !== 'scalar') throw refuse();
  if (type.name === to || widens(type.name, to)) return operand;
  if (/^timestamp(tz)?$/.test(type.name) && to === 'date' && operand.plus === 0) return { ...operand, asDate: true };
  throw refuse();
}

function widens(from: string, to: string): boolean {
  if (WHOLE_NUMBERS.includes(from) && WHOLE_NUMBERS.includes(to)) return true;
  if (isNumeric(from) && /^(numeric|float[48])$/.test(to)) return true;
  return /^(date|timestamp|timestamptz)$/.test(from) && /^timestamp(tz)?$/.test(to);
}

function added(node: Node, reading: Reading): Operand {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || !node.A_Expr.lexpr || !node.A_Expr.rexpr) {
    throw new Beyond(whatItIs(node));
  }
  const operator = operatorOf(node.A_Expr);
  if (operator !== '+' && operator !== '-') throw new Beyond(whatItIs(node));
  const left = operandOf(node.A_Expr.lexpr, reading);
  const right = operandOf(node.A_Expr.rexpr, reading);
  return sum(left, operator, right) ?? (operator === '+' ? sum(right, operator, left) : null) ?? refuse(node);
}

function sum(left: Operand, operator: '+' | '-', right: Operand): Operand | null {
  if (left.kind === 'count' && right.kind === 'count' && operator === '+') {
    return { ...left, conditions: [...left.conditions, ...right.conditions], plus: left.plus + right.plus };
  }
  if (left.kind === 'plain' && right.kind === 'plain' && operator === '-') return { kind: 'difference', left, right };
  if (right.kind !== 'constant') return null;
  // Of a literal that says no type Postgres takes that of the other side; of times it is an interval.
  const untyped = right.constant.kind === 'text' ? constantOf(right.constant.value, 'interval') : null;
  const constant = untyped ?? right.constant;
  if (left.kind === 'count' && constant.kind === 'number') {
    return { ...left, plus: left.plus + (operator === '+' ? constant.value : -constant.value) };
  }
  if (left.kind !== 'plain' || (constant.kind !== 'number' && constant.kind !== 'interval') || left.asDate) return null;
  const before: Constant = typeof left.plus === 'number' ? { kind: 'number', value: left.plus } : left.plus;
  const plus =
    left.plus === 0 && operator === '+'
      ? constant
      : (computed(before, operator, constant) ?? negative(left.plus, constant));
  if (plus?.kind === 'number') return { ...left, plus: plus.value };
  return plus?.kind === 'interval' ? { ...left, plus } : null;
}

function negative(before: Plain['plus'], constant: Constant): Constant | null {
  return before === 0 && constant.kind === 'interval' ? computed(constant, '*', { kind: 'number', value: -1 }) : null;
}

function refuse(node: Node): never {
  throw new Beyond(whatItIs(node));
}
