import type { Draws } from '../../../lib/draws.ts';
import type { Distinct } from '../generator.ts';
import type { Value } from '../value.ts';

/** What the values of a column are made of, apart from where its numbers come from and from how often it is null. */
export interface Source {
  /** `draws` stands at the row already. Null only where the column may be null. */
  draw(draws: Draws, row: number): Value;
  /** See Generator. */
  readonly within?: ((draws: Draws, row: number, low: number, high: number) => number | null) | undefined;
  readonly distinct?: Distinct | undefined;
  /** Share of nulls, where the column may be null. */
  readonly nulls?: number | undefined;
}

/** The same without these values, which don't have to be among them. A few at the end stand in for them. */
export function without(distinct: Distinct, excluded: readonly Value[]): Distinct {
  if (excluded.length === 0) return distinct;
  const keys = new Set(excluded.map(keyOf));
  const end = Number.isFinite(distinct.size) ? distinct.size : 2 ** 52;
  const size = Math.max(0, end - keys.size);
  const tail = Array.from({ length: end - size }, (_, index) => distinct.at(size + index));
  const inTail = new Set(tail.map(keyOf));
  const instead = tail.filter((value) => !keys.has(keyOf(value)));
  const outside = [...keys].filter((key) => !inTail.has(key));
  const moved = new Map(outside.map((key, index) => [key, instead[index] as Value]));
  return {
    size: Number.isFinite(distinct.size) ? size : Number.POSITIVE_INFINITY,
    at: (index) => {
      const value = distinct.at(index);
      return moved.get(keyOf(value)) ?? value;
    },
  };
}

/** Texts in upper and lower case are the same one here, because a unique index may see them so. */
function keyOf(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Each of a list once. */
export function listed(values: readonly Value[]): Distinct {
  const seen = new Map<Value, Value>();
  for (const value of values) if (!seen.has(keyOf(value))) seen.set(keyOf(value), value);
  const items = [...seen.values()];
  return { size: items.length, at: (index) => items[index] as Value };
}
