import type { Distinct } from '../generator.ts';
import type { Value } from '../value.ts';

/**
 * Number of the first of a column's ranges, or of their lower bounds, which lie one after the other, that begins at or after `from`, in the unit of
 * their bounds. Doubles, then bisects.
 */
export function firstSlotFrom({ at, size }: Distinct, from: number): number {
  const isBefore = (index: number): boolean => {
    const lower = lowerOf(at(index));
    return lower !== null && lower < from;
  };
  let high = 1;
  while (high < size && isBefore(high)) high *= 2;
  let low = 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lowerOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null || !('lower' in value)) return null;
  return typeof value.lower === 'number' ? value.lower : null;
}
