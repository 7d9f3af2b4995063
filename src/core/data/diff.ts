/** A table with what tells whether its content is another's. */
export interface TableState {
  /** `public.users`, quoted where SQL wants that. */
  readonly table: string;
  readonly rows: number;
  /** Of all rows, whatever their order. */
  readonly hash: string;
}

export interface TableChange {
  readonly table: string;
  readonly change: 'added' | 'removed' | 'rows' | 'contents';
  /** Null: there was no such table. */
  readonly before: number | null;
  /** Null: there is no such table any more. */
  readonly after: number | null;
}

/** Tables that were added, removed or have other content, by name. */
export function changedTables(before: readonly TableState[], after: readonly TableState[]): readonly TableChange[] {
  const [old, now] = [before, after].map((tables) => new Map(tables.map((one) => [one.table, one])));
  const names = [...new Set([...before, ...after].map(({ table }) => table))].sort();
  return names.flatMap((table) => {
    const [was, is] = [old?.get(table), now?.get(table)];
    const change = changeOf(was, is);
    return change === null ? [] : [{ table, change, before: was?.rows ?? null, after: is?.rows ?? null }];
  });
}

function changeOf(was: TableState | undefined, is: TableState | undefined): TableChange['change'] | null {
  if (!was) return 'added';
  if (!is) return 'removed';
  if (was.rows !== is.rows) return 'rows';
  return was.hash === is.hash ? null : 'contents';
}
