import { commonDivisor } from '../../../lib/common-divisor.ts';
import { hash32 } from '../../../lib/draws.ts';
import { dealtTo, type PerParent } from '../links/counts.ts';
import type { Parent } from '../links/links.ts';
import { permutation } from '../permutation.ts';
import type { Table } from '../schema.ts';
import { digitsOf, type Keys, type Tuple } from './keys.ts';

/** Which of the values, or parents, that all differ a row takes, so that unique constraints hold by construction. */
export interface Numbering {
  /** Number of a column's value; null where any value will do. */
  ofColumn(column: string, row: number, attempt: number): number | null;
  /** Number of the parent that a link leads to; null where any will do. */
  ofLink(link: number, row: number, attempt: number): number | null;
  /** Whether a row is one of those that a partial key is about. */
  inKey(tuple: Tuple, row: number): boolean;
}

export interface NumberingInput {
  readonly table: Table;
  readonly keys: Keys;
  readonly first: number;
  readonly count: number;
  readonly seed: number | string;
  readonly perParent: PerParent | null;
  readonly owner: Parent | null;
}

/** Of rows that a partial key could be about: each of so many is. */
const SELDOM = 3;
/** Of how many times as many combinations as rows some are taken. */
const WINDOW = 4;
/** Within so many of the first places the ranges of each parent begin. */
const NEAR = 1000;
/** A value that collided takes one that no row has taken: further on than any table is long. */
const FURTHER = 1_000_003;

export function numberingOf(input: NumberingInput): Numbering {
  const { keys, first, count } = input;
  const components = new Map<string, { readonly tuple: Tuple; readonly place: number }>();
  for (const tuple of keys.tuples) {
    tuple.components.forEach((one, place) => {
      components.set(one.kind === 'link' ? `link ${one.link}` : `column ${one.column}`, { tuple, place });
    });
  }
  const numbers = new Map(keys.tuples.map((tuple) => [tuple, numberOf(input, tuple)]));
  const digit = (name: string, row: number, attempt: number): number | null => {
    const found = components.get(name);
    if (!found) return null;
    const number = numbers.get(found.tuple)?.(row, attempt) ?? null;
    return number === null ? null : (digitsOf(found.tuple, number)[found.place] ?? null);
  };
  return {
    ofColumn: (column, row, attempt) =>
      keys.distinct.has(column) ? row + attempt * FURTHER : digit(`column ${column}`, row, attempt),
    ofLink: (link, row, attempt) => digit(`link ${link}`, row, attempt),
    inKey: (tuple, row) => row >= first && row < first + count && (numbers.get(tuple)?.(row, 0) ?? null) !== null,
  };
}

/** The number that a row has in a tuple; null for rows that a partial key isn't about. */
function numberOf(
  { table, first, count, seed, perParent, owner }: NumberingInput,
  { key, capacity, owner: owned, components }: Tuple,
): (row: number, attempt: number) => number | null {
  const name = `${seed}\0${table.schema}\0${table.name}\0${key.name}`;
  if (owned !== null && perParent && owner) {
    // Of ranges that lie one after the other those not far off.
    const near = key.overlapping === null ? capacity : Math.min(capacity, NEAR);
    return (row, attempt) => {
      const { parent, ordinal } = dealtTo(perParent, row - first);
      if (key.predicate === null) return (ordinal + attempt + offsetIn(name, parent, near)) % capacity;
      // Parents that were there may have one already.
      if (parent < owner.existing) return null;
      if (components.length === 0) return ordinal === 0 ? 0 : null;
      return ordinal % SELDOM === 0 && ordinal / SELDOM < capacity ? ordinal / SELDOM : null;
    };
  }
  const window = Math.min(capacity, withoutCommon(WINDOW * count, components[0]?.size ?? 1));
  const single = components.length === 1 && components[0]?.kind === 'link';
  // With rows from before, the first numbers lead to parents that are new. Of very many combinations the first are taken.
  const shuffled = single && first > 0 ? (index: number) => index : permutation(window, name);
  // However often a row is begun anew it comes to every combination in the end.
  const stride = withoutCommon(count, capacity);
  const beyond = withoutCommon(window, capacity);
  return (row, attempt) => {
    const index = row - first;
    if (key.predicate !== null) {
      return index % SELDOM === 0 && index / SELDOM < capacity ? shuffled(index / SELDOM) : null;
    }
    // Each of these parents has nobody yet: what is begun anew for another reason leads to the same one.
    if (single) return shuffled(index);
    return window < capacity
      ? (shuffled(index) + attempt * beyond) % capacity
      : shuffled((index + attempt * stride) % capacity);
  };
}

/** The next number from this one on that shares no divisor with a size: moving on by it changes the first digit as well. */
function withoutCommon(from: number, size: number): number {
  let number = from;
  while (Number.isSafeInteger(size) && size > 0 && commonDivisor(number, size) > 1) number += 1;
  return number;
}

function offsetIn(name: string, parent: number, capacity: number): number {
  return Number.isFinite(capacity) ? hash32(`${name}\0${parent}`) % capacity : 0;
}
