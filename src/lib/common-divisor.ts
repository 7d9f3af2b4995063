/** The greatest whole number that divides both: Euclid's algorithm. */
export function commonDivisor(left: number, right: number): number {
  return right === 0 ? left : commonDivisor(right, left % right);
}
