import type { Node } from 'libpg-query';
import { folded } from '../checks/conditions/fold.ts';
import { bare, callOf, columnOf, operatorOf, type Reading, typeNameOf } from '../checks/conditions/reading.ts';
import { isScalar, WHOLE_NUMBERS } from '../types.ts';

/** What is computed from columns of the same row. Numbers are in the unit of their type (see Value). */
export type Formula =
  | { readonly kind: 'column'; readonly column: string; readonly unit: Unit }
  | { readonly kind: 'constant'; readonly value: number; readonly unit: Unit }
  | { readonly kind: 'either'; readonly first: Formula; readonly second: Formula; readonly unit: Unit }
  | { readonly kind: 'round'; readonly of: Formula; readonly digits: number; readonly unit: Unit }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Formula;
      readonly right: Formula;
      readonly unit: Unit;
    };

/** `whole` divides as whole numbers do; `span`: milliseconds; `moment`: milliseconds since 1970. */
export type Unit = 'whole' | 'number' | 'day' | 'moment' | 'span';

/** Null for what is not arithmetic of columns. */
export function formulaOf(written: Node, reading: Reading): Formula | null {
  const node = bare(written);
  const constant = folded(node, reading);
  if (constant?.kind === 'number') {
    return { kind: 'constant', value: constant.value, unit: Number.isInteger(constant.value) ? 'whole' : 'number' };
  }
  if (constant?.kind === 'interval' && constant.months === 0) {
    return { kind: 'constant', value: constant.milliseconds, unit: 'span' };
  }
  if (constant) return null;
  if ('ColumnRef' in node) return columnFormula(node, reading);
  if ('TypeCast' in node && node.TypeCast.arg) return castFormula(node, reading);
  if ('CoalesceExpr' in node) return coalesced(node.CoalesceExpr.args ?? [], reading);
  if ('FuncCall' in node) return rounded(node, reading);
  return 'A_Expr' in node && node.A_Expr.kind === 'AEXPR_OP' ? operation(node.A_Expr, reading) : null;
}

function columnFormula(node: Node, reading: Reading): Formula | null {
  const known = columnOf(node, reading);
  if (!known) return null;
  const unit = unitOf(known.type);
  return unit && { kind: 'column', column: known.column, unit };
}

function unitOf(type: Parameters<typeof isScalar>[0]): Unit | null {
  if (isScalar(type, ...WHOLE_NUMBERS)) return 'whole';
  if (isScalar(type, 'numeric', 'float4', 'float8')) return 'number';
  if (isScalar(type, 'date')) return 'day';
  if (isScalar(type, 'timestamp', 'timestamptz')) return 'moment';
  return isScalar(type, 'interval') ? 'span' : null;
}

function castFormula(node: Extract<Node, { TypeCast: unknown }>, reading: Reading): Formula | null {
  const { arg, typeName } = node.TypeCast;
  const inner = arg ? formulaOf(arg, reading) : null;
  const name = typeNameOf(node);
  if (!inner || typeName?.typmods) return null;
  if (/^(numeric|float8)$/.test(name) && (inner.unit === 'whole' || inner.unit === 'number')) {
    return inner.unit === 'number' ? inner : { kind: 'round', of: inner, digits: 0, unit: 'number' };
  }
  return inner.unit === 'whole' && /^int[248]$/.test(name) ? inner : null;
}

function coalesced(args: readonly Node[], reading: Reading): Formula | null {
  const [first, second] = args.map((arg) => formulaOf(arg, reading));
  if (!first || !second || args.length !== 2) return null;
  return { kind: 'either', first, second, unit: first.unit };
}

function rounded(node: Node, reading: Reading): Formula | null {
  const call = callOf(node);
  const [argument, places] = call?.args ?? [];
  if (call?.name !== 'round' || !argument) return null;
  const of = formulaOf(argument, reading);
  const digits = places ? folded(places, reading) : ({ kind: 'number', value: 0 } as const);
  if (!of || digits?.kind !== 'number' || (of.unit !== 'number' && of.unit !== 'whole')) return null;
  return { kind: 'round', of, digits: digits.value, unit: 'number' };
}

type Expression = Extract<Node, { A_Expr: unknown }>['A_Expr'];

function operation(node: Expression, reading: Reading): Formula | null {
  const operator = operatorOf(node);
  const right = node.rexpr ? formulaOf(node.rexpr, reading) : null;
  const left = node.lexpr ? formulaOf(node.lexpr, reading) : ({ kind: 'constant', value: 0, unit: 'whole' } as const);
  if (!left || !right || !isArithmetic(operator)) return null;
  const unit = unitAfter(left.unit, operator, right.unit);
  return unit && { kind: 'operation', operator, left, right, unit };
}

function isArithmetic(operator: string): operator is '+' | '-' | '*' | '/' {
  return ['+', '-', '*', '/'].includes(operator);
}

function unitAfter(left: Unit, operator: '+' | '-' | '*' | '/', right: Unit): Unit | null {
  const number = (unit: Unit): boolean => unit === 'whole' || unit === 'number';
  if (number(left) && number(right)) return left === 'whole' && right === 'whole' ? 'whole' : 'number';
  if (operator === '*')
    return left === 'span' && number(right) ? left : number(left) && right === 'span' ? right : null;
  if (operator === '/') return left === 'span' && number(right) ? left : null;
  if (left === 'span' && right === 'span') return 'span';
  if (operator === '-' && left === right) return left === 'day' ? 'whole' : 'span';
  if (left === 'day' && right === 'whole') return 'day';
  if (left === 'moment' && right === 'span') return 'moment';
  return operator === '+' && ((left === 'whole' && right === 'day') || (left === 'span' && right === 'moment'))
    ? right
    : null;
}

/** The columns that it is computed from. */
export function columnsIn(formula: Formula): readonly string[] {
  switch (formula.kind) {
    case 'column':
      return [formula.column];
    case 'constant':
      return [];
    case 'either':
      return [...columnsIn(formula.first), ...columnsIn(formula.second)];
    case 'round':
      return columnsIn(formula.of);
    case 'operation':
      return [...columnsIn(formula.left), ...columnsIn(formula.right)];
  }
}

/** Null where a column that it needs has no number. */
export function evaluated(formula: Formula, of: (column: string) => number | null): number | null {
  switch (formula.kind) {
    case 'column':
      return of(formula.column);
    case 'constant':
      return formula.value;
    case 'either':
      return evaluated(formula.first, of) ?? evaluated(formula.second, of);
    case 'round': {
      const inner = evaluated(formula.of, of);
      return inner === null ? null : roundedTo(inner, formula.digits);
    }
    case 'operation': {
      const [left, right] = [evaluated(formula.left, of), evaluated(formula.right, of)];
      if (left === null || right === null) return null;
      if (formula.operator === '+') return left + right;
      if (formula.operator === '-') return left - right;
      if (formula.operator === '*') return left * right;
      if (right === 0) return null;
      return formula.unit === 'whole' ? Math.trunc(left / right) : left / right;
    }
  }
}

/** Half away from zero, as Postgres rounds `numeric`; what a double lacks to a half is made up for. */
export function roundedTo(value: number, digits: number): number {
  const many = 10 ** digits;
  const whole = Math.floor(Math.abs(value) * many + 0.5 + 1e-6);
  return Number(((Math.sign(value) * whole) / many).toFixed(Math.max(0, digits)));
}
