/**
 * Random numbers of one column that are a function of (seed, path, row, attempt) and of nothing else: any row can be made
 * without the others. The generator is sfc32 (Chris Doty-Humphrey's PractRand, 128 bits of state), begun anew for each row.
 * One object per column is used again for every row, so that a cell costs no memory.
 */
export class Draws {
  readonly #key1: number;
  readonly #key2: number;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /** `path` tells one column's numbers from another's: schema, table, column, and what they are for. */
  constructor(seed: number | string, ...path: readonly string[]) {
    const key = [String(seed), ...path].join('\0');
    this.#key1 = hash32(key, 0x811c9dc5);
    this.#key2 = hash32(key, 0x9e3779b9);
    this.at(0);
  }

  /** Goes to a row, a whole number from 0 up to 2^53. An attempt gives the same row other numbers. */
  at(row: number, attempt = 0): this {
    // The first twelve numbers are thrown away. This is uint32() on local variables, which takes half the time.
    let a = this.#key1 ^ Math.imul(attempt, 0x85ebca6b);
    let b = this.#key2 ^ (row < 0x1_0000_0000 ? 0 : Math.floor(row / 0x1_0000_0000));
    let c = row | 0;
    for (let counter = 1; counter <= 12; counter += 1) {
      const result = (a + b + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + result) | 0;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = 13;
    return this;
  }

  /** From 0 up to, not including, 2^32. */
  uint32(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + result;
    this.#c |= 0;
    return result >>> 0;
  }

  /** From 0 up to, not including, 1. */
  unit(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  /** A whole number from 0 up to, not including, `count`, which may be as large as 2^53. */
  below(count: number): number {
    if (count <= 0x1_0000_0000) return Math.floor(this.unit() * count);
    const high = this.uint32() >>> 11;
    return Math.floor(((high * 0x1_0000_0000 + this.uint32()) / 0x20_0000_0000_0000) * count);
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Index of a share; the list holds running totals, and its last is the sum of all. */
  weighted(totals: readonly number[]): number {
    const drawn = this.unit() * (totals.at(-1) ?? 0);
    const found = totals.findIndex((total) => drawn < total);
    return found < 0 ? totals.length - 1 : found;
  }
}

/** FNV-1a over UTF-16 units, ended with the finaliser of MurmurHash3. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return scatter32(hash);
}

/** A bijection of the whole numbers below 2^32: the finaliser of MurmurHash3. */
export function scatter32(index: number): number {
  let hash = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
