import { referenced } from '../order.ts';
import { type ForeignKey, type Table, tableName } from '../schema.ts';

/**
 * Columns that a foreign key must not decide, because what it leads to follows from them in turn: two tables that share their
 * primary key, each referencing the other; or the tenant of a row that references another row of the same tenant. They are
 * decided elsewhere, and the key leads to a row that agrees.
 */
export function undecidedColumns(tables: readonly Table[]): ReadonlyMap<ForeignKey, ReadonlySet<string>> {
  const leadsTo = new Map<string, string[]>();
  const undecided = new Map<ForeignKey, ReadonlySet<string>>();
  for (const table of tables) {
    for (const key of table.foreignKeys) {
      const circular = new Set<string>();
      key.columns.forEach((column, index) => {
        const own = id(tableName(table), column);
        const theirs = id(referenced(key), key.references.columns[index] as string);
        if (reaches(leadsTo, theirs, own)) circular.add(column);
        else leadsTo.set(own, [...(leadsTo.get(own) ?? []), theirs]);
      });
      if (circular.size > 0) undecided.set(key, circular);
    }
  }
  return undecided;
}

function id(table: string, column: string): string {
  return JSON.stringify([table, column]);
}

function reaches(leadsTo: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const open = [from];
  const seen = new Set(open);
  for (const one of open) {
    if (one === to) return true;
    for (const next of leadsTo.get(one) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return false;
}
