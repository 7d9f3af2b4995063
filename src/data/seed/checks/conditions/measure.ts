import type { Node } from 'libpg-query';
import { folded } from './fold.ts';
import { isTruth } from './is-truth.ts';
import type { LengthOf, Operand, Truncation } from './operand.ts';
import { operandOf } from './operand.ts';
import { type Call, callOf, operatorOf, type Reading, typeNameOf } from './reading.ts';

/** What is told of a value instead of the value: its length, its remainder, its first letters; null for anything else. */
export function measureOf(node: Node, reading: Reading): Operand | null {
  if ('A_Expr' in node && operatorOf(node.A_Expr) === '%' && node.A_Expr.lexpr && node.A_Expr.rexpr) {
    return modulo([node.A_Expr.lexpr, node.A_Expr.rexpr], reading);
  }
  const counted = conditionsOf(node, reading);
  if (counted) return { kind: 'count', conditions: counted, plus: 0 };
  const call = callOf(node);
  return call && (MEASURES[call.name]?.(call.args, reading, call) ?? null);
}

type Measure = (args: readonly Node[], reading: Reading, call: Call) => Operand | null;

const MEASURES: Readonly<Record<string, Measure>> = {
  length: lengthOf,
  char_length: lengthOf,
  character_length: lengthOf,
  octet_length: lengthOf,
  cardinality: lengthOf,
  array_length: (args, reading, call) => (isNumber(args[1], 1, reading) ? lengthOf(args, reading, call) : null),
  mod: modulo,
  left: partOf,
  right: partOf,
  substr: partOf,
  substring: partOf,
  strpos: positionOf,
  position: positionOf,
  jsonb_typeof: jsonType,
  json_typeof: jsonType,
  lower: endOf,
  upper: endOf,
  extract: yearOf,
  date_trunc: truncationOf,
  timezone: inUtc,
  date_part: yearOf,
  num_nonnulls: (args) => ({ kind: 'count', conditions: args.map((arg) => isNull(arg, 'IS_NOT_NULL')), plus: 0 }),
  num_nulls: (args) => ({ kind: 'count', conditions: args.map((arg) => isNull(arg, 'IS_NULL')), plus: 0 }),
};

function isNull(arg: Node, nulltesttype: 'IS_NULL' | 'IS_NOT_NULL'): Node {
  return { NullTest: { arg, nulltesttype } };
}

function isNumber(node: Node | undefined, value: number, reading: Reading): boolean {
  const constant = node ? folded(node, reading) : null;
  return constant?.kind === 'number' && constant.value === value;
}

function lengthOf([first]: readonly Node[], reading: Reading, { name }: Call): Operand | null {
  const operand = first ? operandOf(first, reading) : null;
  if (operand?.kind === 'text') {
    const bytes = name === 'octet_length';
    if (!bytes && !/length$/.test(name)) return null;
    const trimmed = operand.trim !== null;
    if (operand.trim !== null && operand.trim !== 'both') return null;
    return { kind: 'length', column: operand.column, of: bytes ? 'ascii' : 'characters', trimmed };
  }
  if (operand?.kind !== 'plain') return null;
  const of = lengthOfPlain(operand.type, name);
  return of && { kind: 'length', column: operand.column, of, trimmed: false };
}

function lengthOfPlain(type: Extract<Operand, { kind: 'plain' }>['type'], name: string): LengthOf | null {
  if (type.kind === 'scalar' && type.name === 'bytea' && /^(octet_)?length$/.test(name)) return 'bytes';
  if (type.kind !== 'array') return null;
  if (name === 'array_length') return type.dimensions <= 1 ? 'array' : null;
  return name === 'cardinality' && type.dimensions <= 1 ? 'elements' : null;
}

function modulo([value, by]: readonly Node[], reading: Reading): Operand | null {
  const divisor = by ? folded(by, reading) : null;
  const operand = value ? operandOf(value, reading) : null;
  if (operand?.kind !== 'plain' || operand.plus !== 0 || operand.type.kind !== 'scalar') return null;
  if (divisor?.kind !== 'number' || !Number.isInteger(divisor.value) || divisor.value === 0) return null;
  const { name, scale } = operand.type;
  if (!/^int[248]$/.test(name) && !(name === 'numeric' && scale === 0)) return null;
  return { kind: 'modulo', column: operand.column, divisor: Math.abs(divisor.value) };
}

function partOf([value, second, third]: readonly Node[], reading: Reading, { name }: Call): Operand | null {
  const size = name.startsWith('substr') ? third : second;
  if (name.startsWith('substr') && !isNumber(second, 1, reading)) return null;
  const length = size ? folded(size, reading) : null;
  const operand = value ? operandOf(value, reading) : null;
  if (operand?.kind !== 'text' || operand.letters || operand.trim || operand.ignoreCase) return null;
  if (length?.kind !== 'number' || length.value < 1) return null;
  return { kind: 'part', column: operand.column, side: name === 'right' ? 'suffix' : 'prefix', length: length.value };
}

function positionOf([value, searched]: readonly Node[], reading: Reading): Operand | null {
  const needle = searched ? folded(searched, reading) : null;
  const text = value ? operandOf(value, reading) : null;
  return text?.kind === 'text' && needle?.kind === 'text' ? { kind: 'position', text, needle: needle.value } : null;
}

function jsonType([value]: readonly Node[], reading: Reading): Operand | null {
  const operand = value ? operandOf(value, reading) : null;
  return operand?.kind === 'plain' ? { kind: 'jsonType', column: operand.column } : null;
}

function endOf([value]: readonly Node[], reading: Reading, { name }: Call): Operand | null {
  const operand = value ? operandOf(value, reading) : null;
  if (operand?.kind !== 'plain' || operand.type.kind !== 'range' || operand.type.multi) return null;
  const side = name === 'lower' ? 'lower' : 'upper';
  return { kind: 'end', column: operand.column, side, type: operand.type };
}

function yearOf([field, value]: readonly Node[], reading: Reading): Operand | null {
  const name = field ? folded(field, reading) : null;
  const operand = value ? operandOf(value, reading) : null;
  if (name?.kind !== 'text' || name.value.toLowerCase() !== 'year') return null;
  if (operand?.kind !== 'plain' || operand.plus !== 0 || operand.type.kind !== 'scalar') return null;
  if (!/^(date|timestamp|timestamptz)$/.test(operand.type.name)) return null;
  return { kind: 'year', column: operand.column, type: operand.type };
}

const TRUNCATIONS: readonly string[] = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

function truncationOf([field, value, ...more]: readonly Node[], reading: Reading): Operand | null {
  const name = field ? folded(field, reading) : null;
  const operand = value ? operandOf(value, reading) : null;
  if (name?.kind !== 'text' || !isTruncation(name.value) || more.length > 0) return null;
  if (operand?.kind !== 'plain' || operand.plus !== 0 || operand.type.kind !== 'scalar' || operand.asDate) return null;
  if (!/^(date|timestamp|timestamptz)$/.test(operand.type.name)) return null;
  return { kind: 'truncated', column: operand.column, to: name.value, type: operand.type };
}

function isTruncation(field: string): field is Truncation {
  return TRUNCATIONS.includes(field);
}

/** `at AT TIME ZONE 'UTC'` is the same moment: all times are written in UTC. */
function inUtc([zone, value]: readonly Node[], reading: Reading): Operand | null {
  const name = zone ? folded(zone, reading) : null;
  const operand = value ? operandOf(value, reading) : null;
  return name?.kind === 'text' && /^(utc|gmt)$/i.test(name.value) && operand?.kind === 'plain' ? operand : null;
}

/** `(a IS NULL)::integer`, and `CASE WHEN a IS NULL THEN 1 ELSE 0 END`. */
function conditionsOf(node: Node, reading: Reading): readonly Node[] | null {
  if ('TypeCast' in node && node.TypeCast.arg && typeNameOf(node) === 'int4' && isTruth(node.TypeCast.arg, reading)) {
    return neverNull(node.TypeCast.arg) ? [node.TypeCast.arg] : null;
  }
  if (!('CaseExpr' in node) || node.CaseExpr.arg || node.CaseExpr.args?.length !== 1) return null;
  const [branch] = node.CaseExpr.args;
  if (!branch || !('CaseWhen' in branch) || !branch.CaseWhen.expr) return null;
  const condition: Node = { BooleanTest: { arg: branch.CaseWhen.expr, booltesttype: 'IS_TRUE' } };
  if (isNumber(branch.CaseWhen.result, 1, reading) && isNumber(node.CaseExpr.defresult, 0, reading)) return [condition];
  const turned = isNumber(branch.CaseWhen.result, 0, reading) && isNumber(node.CaseExpr.defresult, 1, reading);
  return turned ? [{ BooleanTest: { arg: branch.CaseWhen.expr, booltesttype: 'IS_NOT_TRUE' } }] : null;
}

function neverNull(node: Node): boolean {
  return 'NullTest' in node || 'BooleanTest' in node;
}
