import type { Node } from 'libpg-query';
import { operatorOf } from './reading.ts';

/** For people, after "it". */
export function whatItIs(node: Node): string {
  if ('FuncCall' in node) {
    const name = (node.FuncCall.funcname ?? []).flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
    return `calls the function ${name.filter((part) => part !== 'pg_catalog').join('.')}`;
  }
  if ('A_Expr' in node) {
    if (node.A_Expr.kind === 'AEXPR_NULLIF') return 'uses NULLIF';
    const operator = operatorOf(node.A_Expr);
    return /^[-+*/%^]$/.test(operator) ? `computes with ${operator}` : `uses the operator ${operator}`;
  }
  if ('NullTest' in node && node.NullTest.arg) return whatItIs(node.NullTest.arg);
  if ('A_Indirection' in node) return 'looks inside a value';
  if ('RowExpr' in node) return 'compares rows';
  if ('MinMaxExpr' in node) return 'compares the greatest or least of several';
  if ('CoalesceExpr' in node) return 'chooses a value with COALESCE';
  if ('SubLink' in node) return 'asks a query';
  if ('CaseExpr' in node) return 'chooses a value with CASE';
  return 'is of a kind that is not understood';
}
