import type { A_Expr, Node } from 'libpg-query';
import type { Column, Type } from '../../schema.ts';
import { baseOf } from '../../schema.ts';

/** What conditions are read against. */
export interface Reading {
  readonly columns: ReadonlyMap<string, Column>;
  /** What now() stands for, in milliseconds since 1970. */
  readonly now: number;
}

/** A part that is not understood, and why, in words for people that follow on "it". Caught where a condition is read. */
export class Beyond extends Error {}

export interface KnownColumn {
  readonly column: string;
  readonly type: Exclude<Type, { kind: 'domain' }>;
}

/** The column of that name, as far as a value that we write decides what the condition says. */
export function columnOf(node: Node, { columns }: Reading): KnownColumn | null {
  if (!('ColumnRef' in node)) return null;
  const field = node.ColumnRef.fields?.at(-1);
  const name = field && 'String' in field ? field.String.sval : undefined;
  const column = name === undefined ? undefined : columns.get(name);
  if (column === undefined) throw new Beyond('looks at the row as a whole');
  if (column.generated) throw new Beyond(`is about ${column.name}, which the server computes`);
  return { column: column.name, type: baseOf(column.type) };
}

/** Names of pg_type for what the parser leaves as it was written; the name alone, whatever the schema. */
const WRITTEN: Readonly<Record<string, string>> = { char: 'char', decimal: 'numeric', string: 'text' };

export function typeNameOf(node: Extract<Node, { TypeCast: unknown }>): string {
  const last = node.TypeCast.typeName?.names?.at(-1);
  const name = last && 'String' in last ? (last.String.sval ?? '') : '';
  return WRITTEN[name] ?? name;
}

/** Of an operator; one that is written with its schema loses it. */
export function operatorOf({ name }: A_Expr): string {
  const last = name?.at(-1);
  return last && 'String' in last ? (last.String.sval ?? '') : '';
}

export interface Call {
  readonly name: string;
  readonly args: readonly Node[];
}

/** A call of a function of Postgres' own; of another one the name says so. */
export function callOf(node: Node): Call | null {
  if (!('FuncCall' in node)) return null;
  const parts = (node.FuncCall.funcname ?? []).map((part) => ('String' in part ? (part.String.sval ?? '') : ''));
  const name = parts.length > 1 && parts[0] === 'pg_catalog' ? parts.slice(1).join('.') : parts.join('.');
  return { name, args: node.FuncCall.args ?? [] };
}

/** Without what changes nothing for us: collations. */
export function bare(node: Node): Node {
  return 'CollateClause' in node && node.CollateClause.arg ? bare(node.CollateClause.arg) : node;
}

export function comparisonNode(left: Node, operator: string, right: Node): Node {
  return { A_Expr: { kind: 'AEXPR_OP', name: [{ String: { sval: operator } }], lexpr: left, rexpr: right } };
}

export function allOf(args: Node[]): Node {
  return { BoolExpr: { boolop: 'AND_EXPR', args } };
}

export function notNode(node: Node): Node {
  return { BoolExpr: { boolop: 'NOT_EXPR', args: [node] } };
}
