import type { Node } from 'libpg-query';
import { folded } from './fold.ts';
import { allOf, Beyond, comparisonNode, notNode, type Reading } from './reading.ts';

/** The comparison in `nullif(a, constant)`. */
export function nullIf(node: Node, reading: Reading): Node | null {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_NULLIF') return null;
  const { lexpr: left, rexpr: right } = node.A_Expr;
  const constant = right ? folded(right, reading) : null;
  return left && right && constant && constant.kind !== 'null' ? comparisonNode(left, '=', right) : null;
}

/** Without the casts around it. */
export function innermost(node: Node): Node {
  return 'TypeCast' in node && node.TypeCast.arg ? innermost(node.TypeCast.arg) : node;
}

/** `a BETWEEN low AND high` and its kin as comparisons. */
export function between(kind: string, left: Node, [low, high]: readonly Node[]): Node {
  if (!low || !high) throw new Beyond('has a BETWEEN without two ends');
  const within = (a: Node, b: Node) => allOf([comparisonNode(left, '>=', a), comparisonNode(left, '<=', b)]);
  const inside: Node = kind.includes('SYM')
    ? { BoolExpr: { boolop: 'OR_EXPR', args: [within(low, high), within(high, low)] } }
    : within(low, high);
  return kind.includes('NOT') ? notNode(inside) : inside;
}
