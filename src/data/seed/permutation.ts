import { hash32 } from '../../lib/draws.ts';

const ROUNDS = 4;

/**
 * A shuffle of 0 … size-1 that needs no list: a Feistel network over the next even number of bits, walked until it ends
 * inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). `size` is at most 2^53; without an end nothing
 * is shuffled.
 */
export function permutation(size: number, key: string): (index: number) => number {
  if (size < 3 || size > Number.MAX_SAFE_INTEGER) return (index) => index;
  const bits = Math.ceil(Math.ceil(Math.log2(size)) / 2);
  const half = 2 ** bits;
  const mask = half - 1;
  const keys = Array.from({ length: ROUNDS }, (_, round) => hash32(`${key}\0${round}`));
  return (index) => {
    let at = index;
    do at = once(at, half, mask, keys);
    while (at >= size);
    return at;
  };
}

function once(index: number, half: number, mask: number, keys: readonly number[]): number {
  let left = Math.floor(index / half);
  let right = index % half;
  for (const key of keys) {
    let mixed = Math.imul(right ^ key, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    const next = (left ^ mixed ^ (mixed >>> 13)) & mask;
    left = right;
    right = next;
  }
  return left * half + right;
}
