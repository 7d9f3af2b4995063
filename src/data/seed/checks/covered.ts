import { ANY } from '../domain.ts';
import { meet } from './meet.ts';
import type { Way } from './ways.ts';

/** The ways without those whose rows another one allows too: of `a IS NULL OR a > b` the second, where a may be NULL. */
export function withoutCovered(ways: readonly Way[]): readonly Way[] {
  return ways.reduceRight<readonly Way[]>(
    (kept, way) =>
      kept.some((other) => other !== way && covers(other, way)) ? kept.filter((one) => one !== way) : kept,
    ways,
  );
}

function covers(wide: Way, narrow: Way): boolean {
  const judged = wide.judged.every((one) => narrow.judged.some((other) => sameJson(one, other)));
  const compared = wide.comparisons.every(
    (comparison) =>
      narrow.comparisons.some((other) => sameJson(comparison, other)) ||
      [comparison.left, comparison.right].some((column) => narrow.domains.get(column)?.nullable === 'always'),
  );
  return (
    judged &&
    compared &&
    [...wide.domains].every(([column, domain]) => {
      const own = narrow.domains.get(column) ?? ANY;
      return sameJson(meet(domain, own), own);
    })
  );
}

function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
