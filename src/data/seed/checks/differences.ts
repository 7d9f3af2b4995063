import type { Bound, Comparison, Domain } from '../domain.ts';
import { ANY } from '../domain.ts';
import { mirrored, type Operator } from '../operator.ts';
import { meet } from './meet.ts';

/** The same comparison with the column first whose name comes first, so that those of one pair can be laid side by side. */
export function inOrder({ left, operator, right, offset }: Comparison): Comparison {
  if (left <= right) return { left, operator, right, offset };
  return { left: right, operator: mirrored(operator), right: left, offset: -offset };
}

/** Whether comparisons of the same two columns can all be true: what is left of their difference. A NULL would do for all. */
export function areApart(comparisons: readonly Comparison[], domains: ReadonlyMap<string, Domain>): boolean {
  const pairs = new Map<string, Domain>();
  for (const { left, operator, right, offset } of comparisons) {
    if (![left, right].every((column) => domains.get(column)?.nullable === 'never')) continue;
    const key = JSON.stringify([left, right]);
    const difference = meet(pairs.get(key) ?? { ...ANY, nullable: 'never' }, demandOf(operator, offset));
    if (difference === null || isTaken(difference)) return false;
    pairs.set(key, difference);
  }
  return true;
}

/** Only one difference is left, and that one mustn't be. */
function isTaken({ min, max, noneOf }: Domain): boolean {
  return min !== null && min.value === max?.value && noneOf.includes(min.value);
}

function demandOf(operator: Operator, value: number): Domain {
  if (operator === '<>') return { ...ANY, noneOf: [value] };
  const bound = { value, inclusive: operator.endsWith('=') };
  if (operator === '=') return { ...ANY, min: bound, max: bound };
  return operator.startsWith('<') ? { ...ANY, max: bound } : { ...ANY, min: bound };
}

/** Rounds in which bounds go from column to column; more of them are only for chains that are longer. */
const ROUNDS = 8;

/**
 * Domains that know of each other: where neither column is NULL, what bounds one bounds the other. `tidy` says a domain in
 * its type's whole numbers. Null where that leaves nothing.
 */
export function bounded(
  domains: ReadonlyMap<string, Domain>,
  comparisons: readonly Comparison[],
  tidy: (column: string, domain: Domain) => Domain | null,
): ReadonlyMap<string, Domain> | null {
  const result = new Map(domains);
  const narrow = (column: string, demand: Domain | null): boolean => {
    const met = demand && meet(result.get(column) ?? ANY, demand);
    const tidied = met && tidy(column, met);
    if (tidied) result.set(column, tidied);
    return demand === null || tidied !== null;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { left, operator, right, offset } of comparisons) {
      const [one, other] = [result.get(left), result.get(right)];
      if (one?.nullable !== 'never' || other?.nullable !== 'never') continue;
      if (!narrow(left, behind(operator, other, offset))) return null;
      if (!narrow(right, behind(mirrored(operator), one, -offset))) return null;
    }
  }
  return result;
}

/** What `x operator other + offset` demands of x, by the bounds of the other. */
function behind(operator: Operator, other: Domain, offset: number): Domain | null {
  const moved = (bound: Bound | null): Bound | null =>
    bound && { value: bound.value + offset, inclusive: bound.inclusive && operator.endsWith('=') };
  const [low, high] = [moved(edge(other, 'min')), moved(edge(other, 'max'))];
  if (operator === '<>') {
    return low && high && low.value === high.value ? { ...ANY, noneOf: [low.value] } : null;
  }
  if (operator === '=') return low || high ? { ...ANY, min: low, max: high } : null;
  const bound = operator.startsWith('<') ? high : low;
  return bound && { ...ANY, ...(operator.startsWith('<') ? { max: bound } : { min: bound }) };
}

function edge(domain: Domain, side: 'min' | 'max'): Bound | null {
  const numbers = domain.oneOf?.filter((value) => typeof value === 'number');
  if (!numbers || numbers.length === 0) return domain[side];
  return { value: side === 'min' ? Math.min(...numbers) : Math.max(...numbers), inclusive: true };
}
