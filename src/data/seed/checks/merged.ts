import type { Bound, Domain } from '../domain.ts';
import { ANY } from '../domain.ts';
import { unlike } from './unlike.ts';
import type { Way } from './ways.ts';

/** A way that is about one column and nothing else. */
interface Single {
  readonly column: string;
  readonly domain: Domain;
}

/**
 * The same ways, fewer of them: lists of one column become one list, intervals that touch one interval, and NULL joins one
 * of the others. So a list of 500 is one way, and the partitions of 100 months are one interval.
 */
export function merged(ways: readonly Way[]): readonly Way[] {
  if (ways.length < 2) return ways;
  const others: Way[] = [];
  const columns = new Map<string, Domain[]>();
  for (const way of ways) {
    const single = singleOf(way);
    if (single === null) others.push(way);
    else columns.set(single.column, [...(columns.get(single.column) ?? []), single.domain]);
  }
  const singles = [...columns].flatMap(([column, domains]) =>
    joined(domains).map((domain) => ({ domains: new Map([[column, domain]]), comparisons: [], judged: [] })),
  );
  return [...singles, ...new Map(others.map((way) => [keyOf(way), way])).values()];
}

function singleOf({ domains, comparisons, judged }: Way): Single | null {
  const [only] = domains;
  if (only === undefined || domains.size > 1 || comparisons.length > 0 || judged.length > 0) return null;
  return { column: only[0], domain: only[1] };
}

function keyOf({ domains, comparisons, judged }: Way): string {
  return JSON.stringify([[...domains].sort(([a], [b]) => (a < b ? -1 : 1)), comparisons, judged]);
}

function joined(domains: readonly Domain[]): readonly Domain[] {
  const rest = unlike(domains).filter(({ nullable }) => nullable !== 'always');
  const withNull = domains.length > 0 && domains.some(({ nullable }) => nullable !== 'never');
  const whole = (['free', 'never'] as const).flatMap((nullable) =>
    joinedAlike(rest.filter((domain) => domain.nullable === nullable)),
  );
  if (!withNull || whole.some(({ nullable }) => nullable === 'free')) return whole;
  const [first, ...others] = whole;
  return first ? [{ ...first, nullable: 'free' }, ...others] : [{ ...ANY, nullable: 'always' }];
}

function joinedAlike(domains: readonly Domain[]): readonly Domain[] {
  const lists = domains.filter((domain) => domain.oneOf !== null && isOnly(domain, { oneOf: domain.oneOf }));
  const intervals = domains.filter((domain) => isOnly(domain, { min: domain.min, max: domain.max }));
  const others = domains.filter((domain) => !lists.includes(domain) && !intervals.includes(domain));
  const list = unlike(lists.flatMap(({ oneOf }) => oneOf ?? []));
  const [first] = lists;
  return [...(first ? [{ ...first, oneOf: list }] : []), ...joinedIntervals(intervals), ...others];
}

/** Whether a domain demands this and nothing else. */
function isOnly(domain: Domain, demand: Partial<Domain>): boolean {
  return JSON.stringify(domain) === JSON.stringify({ ...ANY, nullable: domain.nullable, ...demand });
}

function joinedIntervals(domains: readonly Domain[]): readonly Domain[] {
  const done: Domain[] = [];
  for (const domain of [...domains].sort((a, b) => low(a) - low(b))) {
    const last = done.at(-1);
    if (last && touch(last.max, domain.min)) done[done.length - 1] = { ...last, max: farther(last.max, domain.max) };
    else done.push(domain);
  }
  return done;
}

function low({ min }: Domain): number {
  return min?.value ?? Number.NEGATIVE_INFINITY;
}

function touch(max: Bound | null, min: Bound | null): boolean {
  if (max === null || min === null) return true;
  return max.value > min.value || (max.value === min.value && (max.inclusive || min.inclusive));
}

function farther(one: Bound | null, other: Bound | null): Bound | null {
  if (one === null || other === null) return null;
  if (one.value === other.value) return one.inclusive ? one : other;
  return one.value > other.value ? one : other;
}
