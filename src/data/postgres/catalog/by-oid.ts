/** Of a thing, by its oid; rows keep their order. */
export type ByOid<T> = ReadonlyMap<number, readonly T[]>;

/** Sorts rows by the oid that each begins with, and leaves the oid out. */
export function byOid<Row extends { readonly oid: number }>(rows: readonly Row[]): ByOid<Omit<Row, 'oid'>> {
  const result = new Map<number, Omit<Row, 'oid'>[]>();
  for (const { oid, ...rest } of rows) {
    const list = result.get(oid);
    if (list) list.push(rest);
    else result.set(oid, [rest]);
  }
  return result;
}
