import type { Alternative, Comparison, Domain, Rules } from '../domain.ts';
import { ANY } from '../domain.ts';
import { areApart, inOrder } from './differences.ts';
import { meet } from './meet.ts';
import { merged } from './merged.ts';
import { unlike } from './unlike.ts';

export type Judged = Rules['judged'][number];

/**
 * One way for a condition to have the outcome that is wanted. Of a comparison with a NULL nothing is demanded: what may not
 * be NULL says its domain. `judged` are the parts that nobody but Postgres understands.
 */
export interface Way extends Alternative {
  readonly judged: readonly Judged[];
}

/** All ways, or where `whole` is false some of them. */
export interface Ways {
  readonly list: readonly Way[];
  readonly whole: boolean;
}

/** More than that are thinned out on the way, which leaves rows that fit and takes some variety away. */
const WIDEST = 1024;

export const NOTHING_DEMANDED: Way = { domains: new Map(), comparisons: [], judged: [] };
export const ALWAYS: Ways = { list: [NOTHING_DEMANDED], whole: true };
export const NEVER: Ways = { list: [], whole: true };

export function wayOf(column: string, domain: Partial<Domain>): Ways {
  return { list: [{ ...NOTHING_DEMANDED, domains: new Map([[column, { ...ANY, ...domain }]]) }], whole: true };
}

export function comparing(comparison: Comparison): Ways {
  return { list: [{ ...NOTHING_DEMANDED, comparisons: [inOrder(comparison)] }], whole: true };
}

export function partly(ways: Ways): Ways {
  return { ...ways, whole: false };
}

/** Any of them will do. */
export function either(...choices: readonly Ways[]): Ways {
  const list = choices.flatMap((ways) => ways.list);
  return { list: merged(list), whole: choices.every(({ whole }) => whole) };
}

/** All of them at once. */
export function both(...parts: readonly Ways[]): Ways {
  return parts.reduce(pairwise, ALWAYS);
}

function pairwise(first: Ways, second: Ways): Ways {
  const fits = first.list.length * second.list.length <= WIDEST * 4;
  const [left, right] = fits ? [first.list, second.list] : [thinned(first.list, 64), thinned(second.list, 64)];
  const list = merged(left.flatMap((one) => right.flatMap((other) => together(one, other) ?? [])));
  return { list: thinned(list, WIDEST), whole: fits && first.whole && second.whole && list.length <= WIDEST };
}

/** Evenly, so that what differs stays different. */
export function thinned<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)] as T);
}

/** Null where they contradict each other. */
function together(one: Way, other: Way): Way | null {
  const domains = new Map(one.domains);
  for (const [column, domain] of other.domains) {
    const before = domains.get(column);
    const met = before ? meet(before, domain) : domain;
    if (met === null) return null;
    domains.set(column, met);
  }
  const comparisons = unlike([...one.comparisons, ...other.comparisons]);
  if (!areApart(comparisons, domains)) return null;
  return { domains, comparisons, judged: unlike([...one.judged, ...other.judged]) };
}
