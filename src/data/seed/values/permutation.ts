/**
 * A bijection of 0 … count-1 that looks like no order: (a·index + b) mod count with a prime to count. `count` up to 2^53.
 */
export function permutation(count: number, salt: number): (index: number) => number {
  if (count < 3) return (index) => index;
  if (count > 2 ** 32 && Number.isInteger(Math.log2(count))) return scatterWide(count, salt);
  const offset = salt % count;
  // a·index + b has to stay below 2^53, where numbers are whole.
  const largest = Math.min(count - 1, Math.floor((2 ** 53 - offset) / count) - 1);
  let factor = Math.max(1, Math.min(largest, Math.floor(count * 0.618034)));
  while (factor > 1 && commonDivisor(factor, count) !== 1) factor -= 1;
  return (index) => (factor * index + offset) % count;
}

/** A bijection of the whole numbers below 2^32: the finaliser of MurmurHash3. */
export function scatter32(index: number): number {
  let hash = Math.imul(index ^ (index >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}

/** Of a power of two above 2^32: the low half scattered, then the high half moved by it. */
function scatterWide(count: number, salt: number): (index: number) => number {
  const high = count / 2 ** 32;
  return (index) => {
    const low = scatter32((index % 2 ** 32) ^ salt);
    const moved = (Math.floor(index / 2 ** 32) + (scatter32(low ^ 0x5bd1e995) % high)) % high;
    return moved * 2 ** 32 + low;
  };
}
