import type { Node } from 'libpg-query';
import { ALWAYS, both, either, type Judged, NEVER, NOTHING_DEMANDED, type Ways, wayOf } from '../ways.ts';
import { FALSE, flipped, TRUE, UNKNOWN, waysOfAtom } from './atom.ts';
import { atomOf } from './atoms.ts';
import { withoutCoalesce } from './coalesce.ts';
import { folded } from './fold.ts';
import { isTruth } from './is-truth.ts';
import { Beyond, bare, columnOf, comparisonNode, operatorOf, type Reading } from './reading.ts';
import { between, innermost, nullIf } from './rewritten.ts';

/**
 * How a condition comes to one of the outcomes `goal`, in SQL's three values. A CHECK wants `TRUE | UNKNOWN`: what gives NULL
 * passes. Inside, the goal changes: NOT turns it over, IS NOT NULL wants a column that is there, and `a IS NOT NULL AND b > 0`
 * is not false where b is NULL, and false where a is.
 */
export function waysTo(written: Node, goal: number, reading: Reading, judged: (why: string) => Judged): Ways {
  if (goal === 0) return NEVER;
  if (goal === (TRUE | FALSE | UNKNOWN)) return ALWAYS;
  const to = (part: Node, wanted: number) => waysTo(part, wanted, reading, judged);
  try {
    const node = bare(written);
    return connective(node, goal, to) ?? test(node, goal, to, reading) ?? simple(node, goal, to, reading);
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
    return { list: [{ ...NOTHING_DEMANDED, judged: [judged(error.message)] }], whole: true };
  }
}

type To = (part: Node, goal: number) => Ways;

function connective(node: Node, goal: number, to: To): Ways | null {
  if ('CaseExpr' in node) return ofCase(node.CaseExpr, goal, to);
  if (!('BoolExpr' in node)) return null;
  const { boolop, args = [] } = node.BoolExpr;
  const [first] = args;
  if (boolop === 'NOT_EXPR') return first ? to(first, flipped(goal)) : NEVER;
  if (boolop === 'AND_EXPR') return ofAnd(args, goal, to);
  return ofAnd(args, flipped(goal), (part, wanted) => to(part, flipped(wanted)));
}

/** AND is true when all are, false when one is, else NULL. OR is the same of their opposites (De Morgan). */
function ofAnd(args: readonly Node[], goal: number, to: To): Ways {
  const all = (wanted: number) => both(...args.map((part) => to(part, wanted)));
  const one = (wanted: number) => either(...args.map((part) => to(part, wanted)));
  if (goal === UNKNOWN) return both(all(TRUE | UNKNOWN), one(FALSE | UNKNOWN));
  if (goal === (TRUE | FALSE)) return either(all(TRUE), one(FALSE));
  return goal & TRUE ? all(goal) : one(goal);
}

/** The first branch whose condition is true decides; one that is false or NULL is passed by. */
function ofCase(
  { arg, args = [], defresult }: Extract<Node, { CaseExpr: unknown }>['CaseExpr'],
  goal: number,
  to: To,
): Ways {
  let before = ALWAYS;
  let found = NEVER;
  for (const branch of args) {
    if (!('CaseWhen' in branch) || !branch.CaseWhen.expr || !branch.CaseWhen.result) continue;
    const { result } = branch.CaseWhen;
    const expr = arg ? comparisonNode(arg, '=', branch.CaseWhen.expr) : branch.CaseWhen.expr;
    found = either(found, both(before, to(expr, TRUE), to(result, goal)));
    before = both(before, to(expr, FALSE | UNKNOWN));
  }
  if (defresult) return either(found, both(before, to(defresult, goal)));
  return goal & UNKNOWN ? either(found, before) : found;
}

const TESTS: Readonly<Record<string, number>> = { TRUE, FALSE, UNKNOWN };

function test(node: Node, goal: number, to: To, reading: Reading): Ways | null {
  if ('BooleanTest' in node && node.BooleanTest.arg) {
    const word = (node.BooleanTest.booltesttype ?? '').replace(/^IS_/, '');
    const asked = TESTS[word.replace(/^NOT_/, '')] ?? 0;
    return to(node.BooleanTest.arg, outcomesOf(word.startsWith('NOT_') ? 7 - asked : asked, goal));
  }
  if (!('NullTest' in node) || !node.NullTest.arg) return null;
  const asksNull = node.NullTest.nulltesttype === 'IS_NULL';
  const wanted = outcomesOf(asksNull ? UNKNOWN : TRUE | FALSE, goal);
  const emptied = nullIf(bare(node.NullTest.arg), reading);
  // It is NULL where the two are equal, and where the first is NULL.
  if (emptied) return to(emptied, (wanted & UNKNOWN ? TRUE | UNKNOWN : 0) | (wanted & TRUE ? FALSE : 0));
  const column = columnOf(bare(node.NullTest.arg), reading);
  if (column === null) return isTruth(node.NullTest.arg, reading) ? to(node.NullTest.arg, wanted) : null;
  if (wanted === 7 || wanted === 0) return wanted ? ALWAYS : NEVER;
  return wayOf(column.column, { nullable: wanted === UNKNOWN ? 'always' : 'never' });
}

/** A question with yes and no alone: which outcomes of what it is about answer it as wanted. */
function outcomesOf(asked: number, goal: number): number {
  return (goal & TRUE ? asked : 0) | (goal & FALSE ? 7 - asked : 0);
}

function simple(node: Node, goal: number, to: To, reading: Reading): Ways {
  const cases = withoutCoalesce(node);
  if (cases) return either(...cases.map((one) => both(to(one.when, TRUE), to(one.node, goal))));
  if ('A_Expr' in node && node.A_Expr.lexpr && node.A_Expr.rexpr) {
    const { kind, lexpr: left, rexpr: right } = node.A_Expr;
    if (kind === 'AEXPR_DISTINCT') return distinct(left, right, goal, to, reading);
    if (kind === 'AEXPR_NOT_DISTINCT') return distinct(left, right, flipped(goal), to, reading);
    const operator = operatorOf(node.A_Expr);
    const truths = kind === 'AEXPR_OP' && isTruth(left, reading) && isTruth(right, reading);
    if (truths && (operator === '=' || operator === '<>')) {
      return alike(left, right, operator === '=' ? goal : flipped(goal), to);
    }
    if (kind?.includes('BETWEEN') && 'List' in right) return to(between(kind, left, right.List.items ?? []), goal);
  }
  return waysOfAtom(atomOf(node, reading, to), goal);
}

/** `left = right` of two conditions. */
function alike(left: Node, right: Node, goal: number, to: To): Ways {
  const pairs = (one: number, other: number) => both(to(left, one), to(right, other));
  return either(
    goal & TRUE ? either(pairs(TRUE, TRUE), pairs(FALSE, FALSE)) : NEVER,
    goal & FALSE ? either(pairs(TRUE, FALSE), pairs(FALSE, TRUE)) : NEVER,
    goal & UNKNOWN ? either(to(left, UNKNOWN), to(right, UNKNOWN)) : NEVER,
  );
}

/** IS DISTINCT FROM, which is never NULL: where both are there it is <>, else true when one of them is. */
function distinct(left: Node, right: Node, goal: number, to: To, reading: Reading): Ways {
  const equal = comparisonNode(left, '=', right);
  const isNull = (node: Node): Node => ({ NullTest: { arg: node, nulltesttype: 'IS_NULL' } });
  const missing = (node: Node, wanted: number) => {
    const constant = folded(node, reading);
    if (constant) return (constant.kind === 'null') === (wanted === TRUE) ? ALWAYS : NEVER;
    return to(isNull(innermost(node)), wanted);
  };
  const one = either(
    both(missing(left, TRUE), missing(right, FALSE)),
    both(missing(left, FALSE), missing(right, TRUE)),
  );
  return either(
    goal & TRUE ? either(to(equal, FALSE), one) : NEVER,
    goal & FALSE ? either(to(equal, TRUE), both(missing(left, TRUE), missing(right, TRUE))) : NEVER,
  );
}
