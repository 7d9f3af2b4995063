import type { Node } from 'libpg-query';
import { Beyond, operatorOf, type Reading } from '../checks/conditions/reading.ts';
import { conjunctsOf, parseCondition } from '../checks/parse.ts';
import type { Rules } from '../domain.ts';
import { columnsIn, type Formula, formulaOf } from './formula.ts';

/** A column whose value follows from others of its row, because a check says so: `total = quantity * price`. */
export interface Equation {
  readonly column: string;
  readonly formula: Formula;
}

/** Names of what is usually computed from the rest. */
const RESULT = /total|sum|gross|amount|balance|remaining|end|until|expire|due|finish|area|volume/;

/**
 * Of conditions that only Postgres could judge those that determine a column; it judges the rows all the same. `free` are
 * the columns that nothing else decides, in the order of the table.
 */
export async function equationsOf(
  judged: Rules['judged'],
  reading: Reading,
  free: readonly string[],
): Promise<readonly Equation[]> {
  const found: Equation[] = [];
  for (const { expression } of judged) {
    const parsed = await parseCondition(expression, null);
    for (const node of parsed ? conjunctsOf(parsed.node) : []) {
      const sides = sidesOf(node, reading);
      const equation = sides && solved(sides, free, found);
      if (equation) found.push(equation);
    }
  }
  return found;
}

type Sides = readonly [Formula, Formula];

function sidesOf(node: Node, reading: Reading): Sides | null {
  if (!('A_Expr' in node) || node.A_Expr.kind !== 'AEXPR_OP' || operatorOf(node.A_Expr) !== '=') return null;
  const { lexpr, rexpr } = node.A_Expr;
  try {
    const [left, right] = [lexpr && formulaOf(lexpr, reading), rexpr && formulaOf(rexpr, reading)];
    return left && right ? [left, right] : null;
  } catch (error) {
    if (error instanceof Beyond) return null;
    throw error;
  }
}

interface Term {
  readonly sign: 1 | -1;
  readonly formula: Formula;
}

/** The equation for the column that is most likely meant to be computed; null where none of those that may be can. */
function solved([left, right]: Sides, free: readonly string[], before: readonly Equation[]): Equation | null {
  // A sum that is compared with a number is rounded only so that it can be.
  const plain = (side: Formula, other: Formula): Formula =>
    side.kind === 'round' && other.kind === 'constant' ? side.of : side;
  const terms = [...termsOf(plain(left, right), 1), ...termsOf(plain(right, left), -1)];
  const alone = [left, right].flatMap((side) => (side.kind === 'column' ? [side.column] : []));
  const rank = (column: string): number =>
    (alone.includes(column) ? 4 : 0) + (RESULT.test(column) ? 2 : 0) + free.indexOf(column) / free.length;
  const candidates = terms
    .flatMap((term) => (term.formula.kind === 'column' ? [{ ...term, column: term.formula.column }] : []))
    .filter(({ column }) => free.includes(column) && before.every((one) => one.column !== column))
    .filter(({ column }) => terms.filter(({ formula }) => columnsIn(formula).includes(column)).length === 1)
    .sort((a, b) => rank(b.column) - rank(a.column));
  for (const { column, sign, formula } of candidates) {
    const rest = terms.filter((term) => term.formula !== formula);
    const [first, ...others] = rest.map((term): Term => ({ ...term, sign: term.sign === sign ? -1 : 1 }));
    if (!first) continue;
    const { unit } = formula;
    const start: Formula =
      first.sign === 1
        ? first.formula
        : { kind: 'operation', operator: '-', left: { kind: 'constant', value: 0, unit }, right: first.formula, unit };
    const sum = others.reduce<Formula>(
      (sum, one) => ({ kind: 'operation', operator: one.sign === 1 ? '+' : '-', left: sum, right: one.formula, unit }),
      start,
    );
    if (!reaches(before, columnsIn(sum), column)) return { column, formula: sum };
  }
  return null;
}

function termsOf(formula: Formula, sign: 1 | -1): readonly Term[] {
  if (formula.kind !== 'operation' || (formula.operator !== '+' && formula.operator !== '-'))
    return [{ sign, formula }];
  const flipped = sign === 1 ? -1 : 1;
  return [...termsOf(formula.left, sign), ...termsOf(formula.right, formula.operator === '+' ? sign : flipped)];
}

/** Whether one of these columns follows from the column. */
function reaches(equations: readonly Equation[], from: readonly string[], column: string): boolean {
  return from.some(
    (one) =>
      one === column ||
      equations.some((equation) => equation.column === one && reaches(equations, columnsIn(equation.formula), column)),
  );
}
