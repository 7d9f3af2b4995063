import { Draws } from '../../../lib/draws.ts';
import { type Alternative, ANY, type Bound, type Comparison, type Domain } from '../domain.ts';
import type { Column, Table } from '../schema.ts';

/** Domain of a column in one alternative; a column that is NOT NULL never is null, whatever else. */
export function domainOf({ domains }: Alternative, { name, notNull }: Column, filled: ReadonlySet<string>): Domain {
  const domain = domains.get(name) ?? ANY;
  return notNull || filled.has(name) ? { ...domain, nullable: 'never' } : domain;
}

/** Which alternative each row follows, among those of its mode: every one as often. */
export function chooser(
  { schema, name }: Table,
  seed: number | string,
  /** How many alternatives each mode has, one mode's after the other's. */
  counts: readonly number[],
  modeOf: (row: number) => number,
): (row: number, attempt: number) => number {
  const draws = new Draws(seed, schema, name, '', 'alternative');
  const starts = counts.map((_, mode) => counts.slice(0, mode).reduce((sum, count) => sum + count, 0));
  if (counts.length === 1 && counts[0] === 1) return () => 0;
  return (row, attempt) => {
    const mode = modeOf(row);
    return (starts[mode] ?? 0) + draws.at(row, attempt).below(counts[mode] ?? 1);
  };
}

/** The order that names suggest, such as created before updated, beside what checks demand of the same two columns. */
export function withSoft(alternative: Alternative, soft: readonly Comparison[]): Alternative {
  const { comparisons } = alternative;
  const asked = ({ left, right }: Comparison): boolean =>
    comparisons.some((one) => (one.left === left && one.right === right) || (one.left === right && one.right === left));
  return leavingRoom({ ...alternative, comparisons: [...comparisons, ...soft.filter((one) => !asked(one))] });
}

/** Narrows the domains of columns that are compared, so that the first of them leaves room for the next. */
function leavingRoom(alternative: Alternative): Alternative {
  const domains = new Map(alternative.domains);
  const get = (column: string): Domain => domains.get(column) ?? ANY;
  // One round for each link of the longest possible chain.
  for (let round = 0; round < alternative.comparisons.length; round += 1) {
    for (const { left, operator, right, offset } of alternative.comparisons) {
      if (operator === '<>') continue;
      const inclusive = operator.includes('=');
      const upwards = operator !== '<' && operator !== '<=';
      const downwards = operator !== '>' && operator !== '>=';
      if (downwards) {
        domains.set(left, { ...get(left), max: smaller(get(left).max, moved(get(right).max, offset, inclusive)) });
        domains.set(right, { ...get(right), min: larger(get(right).min, moved(get(left).min, -offset, inclusive)) });
      }
      if (upwards) {
        domains.set(left, { ...get(left), min: larger(get(left).min, moved(get(right).min, offset, inclusive)) });
        domains.set(right, { ...get(right), max: smaller(get(right).max, moved(get(left).max, -offset, inclusive)) });
      }
    }
  }
  return { ...alternative, domains };
}

function moved(bound: Bound | null, offset: number, inclusive: boolean): Bound | null {
  return bound && { value: bound.value + offset, inclusive: bound.inclusive && inclusive };
}

function smaller(a: Bound | null, b: Bound | null): Bound | null {
  if (!a || !b) return a ?? b;
  if (a.value === b.value) return a.inclusive ? b : a;
  return a.value < b.value ? a : b;
}

function larger(a: Bound | null, b: Bound | null): Bound | null {
  if (!a || !b) return a ?? b;
  if (a.value === b.value) return a.inclusive ? b : a;
  return a.value > b.value ? a : b;
}

/** Columns in an order in which each comes after those that it is compared with from the left. */
export function decidingOrder(columns: readonly string[], comparisons: readonly Comparison[]): readonly string[] {
  const earlier = new Map<string, string[]>();
  for (const { left, operator, right } of comparisons) {
    const [first, then] = operator === '>' || operator === '>=' ? [right, left] : [left, right];
    earlier.set(then, [...(earlier.get(then) ?? []), first]);
  }
  const ordered: string[] = [];
  const visiting = new Set<string>();
  const visit = (column: string): void => {
    if (visiting.has(column)) return;
    visiting.add(column);
    for (const one of earlier.get(column) ?? []) visit(one);
    if (columns.includes(column)) ordered.push(column);
  };
  for (const column of columns) visit(column);
  return ordered;
}
