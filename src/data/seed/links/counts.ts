import type { Count, TableDescription } from '../../../core/data/description.ts';
import { UserError } from '../../../core/errors.ts';
import type { Draws } from '../../../lib/draws.ts';

/** How many rows of a child each row of its parent has: its rows of parent p are from starts[p] up to starts[p + 1]. */
export interface PerParent {
  readonly table: string;
  readonly starts: Float64Array;
}

/** Deals children to the rows of a parent; none gets more than `most`. */
export function dealChildren(
  { table, count }: NonNullable<TableDescription['perParent']>,
  parents: number,
  most: number,
  draws: Draws,
): PerParent {
  const of = drawCount(count);
  const starts = new Float64Array(parents + 1);
  for (let parent = 0; parent < parents; parent += 1) {
    starts[parent + 1] = (starts[parent] ?? 0) + Math.min(most, of(draws.at(parent)));
  }
  return { table, starts };
}

/** The parent that a child belongs to, and the how-manieth child of it that it is. Bisects. */
export function dealtTo({ starts }: PerParent, child: number): { readonly parent: number; readonly ordinal: number } {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= child) low = middle;
    else high = middle;
  }
  return { parent: low, ordinal: child - (starts[low] ?? 0) };
}

/** Draws numbers as a description has it. */
export function drawCount(count: Count): (draws: Draws) => number {
  if (typeof count === 'number') return () => count;
  const [low, high] = 'zipf' in count ? count.zipf : count;
  if (!(low >= 0 && high >= low)) throw new UserError(`a count from ${low} to ${high} is none`, { code: 'usage' });
  if (!('zipf' in count)) return (draws) => draws.between(low, high);
  const totals: number[] = [];
  for (let rank = 1; rank <= high - low + 1; rank += 1) totals.push((totals.at(-1) ?? 0) + 1 / rank);
  return (draws) => low + draws.weighted(totals);
}
