import { type Link, NOBODY } from '../links/links.ts';
import type { Column, Table } from '../schema.ts';
import type { Value } from '../value.ts';
import { type Counting, numbersOf } from './counting.ts';

/** Value of a column in a row. */
export type Cell = (column: string, row: number) => Value;

/** The rows that a table gets. They can be asked for in any order, and always are the same. */
export interface TableRows {
  readonly table: Table;
  /** Those that are written; what is computed by the server, or left to its default, isn't among them. */
  readonly columns: readonly Column[];
  /** Number of the first new row: rows that were there before come first. */
  readonly first: number;
  readonly count: number;
  readonly links: readonly Link[];
  /** For each of these columns what gives its value in a row. */
  readonly makers: readonly ((row: number) => Value)[];
  /** Of columns that are written; null of all others. */
  readonly cell: Cell;
  /** How often a row was begun anew, because it collided or Postgres refused it. Zero at first. */
  attempt(row: number): number;
  again(row: number): void;
  /** Begins a row anew until it has been begun so often. */
  goTo(row: number, attempt: number): void;
  /** How many rows have been begun anew so far: what was remembered of others may be wrong. */
  version(): number;
}

/** Where the values of a column come from. */
export type Source =
  | { readonly kind: 'counting'; readonly counting: Counting }
  /** Column of the row that a foreign key leads to. */
  | { readonly kind: 'link'; readonly link: number; readonly column: string }
  | { readonly kind: 'made'; readonly make: (row: number, attempt: number) => Value };

export interface TableRowsParts {
  readonly table: Table;
  readonly first: number;
  readonly count: number;
  readonly sources: ReadonlyMap<string, Source>;
  readonly links: readonly Link[];
}

export function tableRows({ table, first, count, sources, links }: TableRowsParts): TableRows {
  const columns = table.columns.filter(({ name }) => sources.has(name));
  let attempts: Uint32Array | null = null;
  let version = 0;
  const attempt = (row: number): number => attempts?.[row - first] ?? 0;
  const goTo = (row: number, to: number): void => {
    if (to === attempt(row)) return;
    attempts ??= new Uint32Array(count);
    attempts[row - first] = to;
    version += 1;
  };
  const makers = new Map([...sources].map(([column, source]) => [column, makerOf(source)]));
  function makerOf(source: Source): (row: number) => Value {
    switch (source.kind) {
      case 'counting': {
        const numberOf = numbersOf(source.counting, count);
        return (row) => numberOf(row - first, attempt(row));
      }
      case 'made':
        return (row) => source.make(row, attempt(row));
      case 'link': {
        const { pick, parent } = links[source.link] as Link;
        return (row) => {
          const index = pick(row, attempt(row));
          return index === NOBODY ? null : parent.key(index, source.column);
        };
      }
    }
  }
  return {
    table,
    columns,
    first,
    count,
    links,
    makers: columns.map(({ name }) => makers.get(name) as (row: number) => Value),
    cell: (column, row) => makers.get(column)?.(row) ?? null,
    attempt,
    version: () => version,
    again: (row) => goTo(row, attempt(row) + 1),
    goTo,
  };
}
