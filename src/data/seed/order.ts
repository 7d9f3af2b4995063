import { type ForeignKey, type Table, tableName } from './schema.ts';

export interface Order {
  /** Those that are referenced first; within a cycle as near to that as can be. */
  readonly tables: readonly Table[];
  /** Foreign keys that lead to a row which is written later: their check has to wait. By table. */
  readonly waiting: ReadonlyMap<string, readonly ForeignKey[]>;
}

/** In which order tables are filled, so that what a foreign key leads to is there before it, but for cycles. */
export function loadingOrder(tables: readonly Table[]): Order {
  const byName = new Map(tables.map((table) => [tableName(table), table]));
  const ordered: Table[] = [];
  for (const group of cyclesFirst(byName)) ordered.push(...group);
  const place = new Map(ordered.map((table, index) => [tableName(table), index]));
  const waiting = new Map<string, readonly ForeignKey[]>();
  for (const table of ordered) {
    const own = place.get(tableName(table)) ?? 0;
    // A row may reference one of its own table that comes in the same COPY: Postgres checks at its end.
    const late = table.foreignKeys.filter((key) => (place.get(referenced(key)) ?? -1) > own);
    if (late.length > 0) waiting.set(tableName(table), late);
  }
  return { tables: ordered, waiting };
}

/** Name of the table that a foreign key leads to. */
export function referenced({ references }: ForeignKey): string {
  return tableName({ schema: references.schema, name: references.table });
}

/** Tarjan's strongly connected components (1972): each comes after all that it leads to. */
function cyclesFirst(byName: ReadonlyMap<string, Table>): readonly (readonly Table[])[] {
  const found: Table[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const visit = (name: string): void => {
    index.set(name, index.size);
    low.set(name, index.size - 1);
    stack.push(name);
    for (const next of byName.get(name)?.foreignKeys.map(referenced) ?? []) {
      if (!byName.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        low.set(name, Math.min(low.get(name) ?? 0, low.get(next) ?? 0));
      } else if (stack.includes(next)) low.set(name, Math.min(low.get(name) ?? 0, index.get(next) ?? 0));
    }
    if (low.get(name) !== index.get(name)) return;
    const group = stack.splice(stack.indexOf(name)).map((member) => byName.get(member) as Table);
    found.push(group.sort((a, b) => optional(a) - optional(b)));
  };
  for (const name of [...byName.keys()].sort()) if (!index.has(name)) visit(name);
  return found;
}

/** Within a cycle those come first whose references may wait best: that have fewest which must be there. */
function optional({ columns, foreignKeys }: Table): number {
  const must = new Set(columns.flatMap(({ name, notNull }) => (notNull ? [name] : [])));
  return foreignKeys.filter((key) => key.columns.every((column) => must.has(column))).length;
}
