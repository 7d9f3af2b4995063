import type { Node } from 'libpg-query';
import { bare, columnOf, operatorOf, type Reading, typeNameOf } from './reading.ts';

const ARITHMETIC = /^(\+|-|\*|\/|%|\|\||->|->>|#>|#>>|&|\||\^)$/;

/** Whether a part is a condition itself: true, false or NULL. */
export function isTruth(written: Node, reading: Reading): boolean {
  const node = bare(written);
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return true;
  if ('A_Const' in node) return node.A_Const.boolval !== undefined;
  if ('TypeCast' in node) return typeNameOf(node) === 'bool';
  if ('A_Expr' in node) {
    const { kind } = node.A_Expr;
    return kind !== 'AEXPR_NULLIF' && (kind !== 'AEXPR_OP' || !ARITHMETIC.test(operatorOf(node.A_Expr)));
  }
  if ('CaseExpr' in node) {
    const results = (node.CaseExpr.args ?? []).map((branch) =>
      'CaseWhen' in branch ? branch.CaseWhen.result : undefined,
    );
    return [...results, node.CaseExpr.defresult].some((result) => result !== undefined && isTruth(result, reading));
  }
  if (!('ColumnRef' in node)) return false;
  const type = columnOf(node, reading)?.type;
  return type?.kind === 'scalar' && type.name === 'bool';
}
