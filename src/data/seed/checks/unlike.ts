/** Each of them once, by what they are made of. */
export function unlike<T>(list: readonly T[]): readonly T[] {
  return list.length < 2 ? list : [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
}
