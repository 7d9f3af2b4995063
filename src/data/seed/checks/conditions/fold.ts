import type { Node } from 'libpg-query';
import { DAY } from '../../value.ts';
import { computed } from '../arithmetic.ts';
import { type Constant, constantOf, isTextual, NULL } from '../constants.ts';
import { bare, callOf, operatorOf, type Reading, typeNameOf } from './reading.ts';

const CLOCKS = /^(now|transaction_timestamp|statement_timestamp|clock_timestamp)$/;

/** What a part computes from constants and the clock alone; null where it needs a column, or isn't understood. */
export function folded(written: Node, reading: Reading): Constant | null {
  const node = bare(written);
  if ('A_Const' in node) return literal(node.A_Const);
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    if (typeName?.arrayBounds) return arg && isEmptyArray(arg) ? { kind: 'list', items: [] } : null;
    const inner = arg && !typeName?.typmods ? folded(arg, reading) : null;
    return inner && cast(inner, typeNameOf(node));
  }
  if ('A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' && node.A_Expr.rexpr) {
    const right = folded(node.A_Expr.rexpr, reading);
    const left = node.A_Expr.lexpr ? folded(node.A_Expr.lexpr, reading) : ({ kind: 'number', value: 0 } as const);
    return left && right && computed(left, operatorOf(node.A_Expr), right);
  }
  return clock(node, reading);
}

function isEmptyArray(node: Node): boolean {
  if ('A_ArrayExpr' in node) return (node.A_ArrayExpr.elements ?? []).length === 0;
  return 'A_Const' in node && node.A_Const.sval?.sval === '{}';
}

type Literal = Extract<Node, { A_Const: unknown }>['A_Const'];

function literal({ isnull, boolval, ival, fval, sval }: Literal): Constant | null {
  if (isnull) return NULL;
  if (boolval) return { kind: 'boolean', value: boolval.boolval ?? false };
  if (ival) return { kind: 'number', value: ival.ival ?? 0 };
  if (fval) return { kind: 'number', value: Number(fval.fval) };
  return sval ? { kind: 'text', value: sval.sval ?? '' } : null;
}

/** A constant as another type; null where that would need more than its value. */
export function cast(constant: Constant, type: string): Constant | null {
  if (constant.kind === 'null') return constant;
  if (constant.kind === 'text') return constantOf(constant.value, type);
  if (constant.kind === 'number') return castNumber(constant.value, type);
  if (constant.kind === 'boolean') {
    if (type === 'bool') return constant;
    return type === 'int4' ? { kind: 'number', value: constant.value ? 1 : 0 } : null;
  }
  if (constant.kind === 'interval') return type === 'interval' ? constant : null;
  if (constant.kind !== 'time') return null;
  const { unit, value } = constant;
  if (unit === type || (unit === 'timestamp' && type === 'timestamptz')) return constant;
  if (unit === 'timestamp' && type === 'date') return { ...constant, unit: 'date', value: Math.floor(value / DAY) };
  const instant = type === 'timestamp' || type === 'timestamptz';
  return unit === 'date' && instant ? { ...constant, unit: 'timestamp', value: value * DAY } : null;
}

function castNumber(value: number, type: string): Constant | null {
  if (isTextual(type)) return { kind: 'text', value: String(value) };
  if (/^(bool|date|time|interval|json)/.test(type)) return null;
  const whole = /^(int|oid)/.test(type);
  return whole && !Number.isInteger(value) ? null : { kind: 'number', value };
}

function clock(node: Node, { now }: Reading): Constant | null {
  const instant: Constant = { kind: 'time', unit: 'timestamp', value: now, moving: true };
  if ('SQLValueFunction' in node) {
    const { op = '' } = node.SQLValueFunction;
    if (op === 'SVFOP_CURRENT_DATE') return { ...instant, unit: 'date', value: Math.floor(now / DAY) };
    return /^SVFOP_(CURRENT_|LOCAL)TIMESTAMP(_N)?$/.test(op) ? instant : null;
  }
  const call = callOf(node);
  return call && CLOCKS.test(call.name) ? instant : null;
}
