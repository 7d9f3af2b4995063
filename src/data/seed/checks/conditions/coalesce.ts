import type { Node } from 'libpg-query';
import { notNode } from './reading.ts';
import { innermost } from './rewritten.ts';

export interface Case {
  readonly when: Node;
  readonly node: Node;
}

/** A condition with `coalesce(a, b)` in it as two cases: a is there and stands there itself, or b stands in its place. */
export function withoutCoalesce(node: Node): readonly Case[] | null {
  const found = findIn(node);
  const [first, ...rest] = found?.args ?? [];
  if (!found || !first || rest.length === 0) return null;
  const isNull: Node = { NullTest: { arg: innermost(first), nulltesttype: 'IS_NULL' } };
  const left: Node = rest.length === 1 ? (rest[0] as Node) : { CoalesceExpr: { args: rest } };
  return [
    { when: notNode(isNull), node: replaced(node, found, first) as Node },
    { when: isNull, node: replaced(node, found, left) as Node },
  ];
}

type Coalesce = Extract<Node, { CoalesceExpr: unknown }>['CoalesceExpr'];

function findIn(value: unknown): Coalesce | null {
  if (value === null || typeof value !== 'object') return null;
  if ('CoalesceExpr' in value) return value.CoalesceExpr as Coalesce;
  for (const inner of Object.values(value)) {
    const found = findIn(inner);
    if (found) return found;
  }
  return null;
}

function replaced(value: unknown, wanted: Coalesce, by: Node): unknown {
  if (value === null || typeof value !== 'object') return value;
  if ('CoalesceExpr' in value && value.CoalesceExpr === wanted) return by;
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, wanted, by));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, wanted, by)]));
}
