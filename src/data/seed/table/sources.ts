import { UserError } from '../../../core/errors.ts';
import type { Alternative } from '../domain.ts';
import type { Link } from '../links/links.ts';
import { type Column, type Table, tableName } from '../schema.ts';
import type { Value } from '../value.ts';
import { decidingOrder } from './alternatives.ts';
import type { Counting } from './counting.ts';
import type { TableInput } from './table-input.ts';
import type { Source } from './table-rows.ts';

/** The columns that foreign keys and counters decide. */
export function decidedSources(
  input: TableInput,
  links: readonly Link[],
  countings: ReadonlyMap<string, Counting>,
): Map<string, Source> {
  const sources = new Map<string, Source>();
  links.forEach(({ key }, link) => {
    const circular = input.undecided.get(key);
    key.columns.forEach((column, place) => {
      const theirs = key.references.columns[place] as string;
      if (!sources.has(column) && !circular?.has(column)) sources.set(column, { kind: 'link', link, column: theirs });
    });
  });
  for (const [column, counting] of countings) sources.set(column, { kind: 'counting', counting });
  return sources;
}

/** Adds all other columns, each after those that it is compared with; `first` those that others have to follow. */
export function addMade(
  table: Table,
  sources: Map<string, Source>,
  alternatives: readonly Alternative[],
  { first, last }: { readonly first: readonly string[]; readonly last: ReadonlySet<string> },
  makerOf: (column: Column, before: ReadonlySet<string>) => ((row: number, attempt: number) => Value) | null,
): void {
  const comparisons = alternatives.flatMap((one) => one.comparisons);
  const names = table.columns.map(({ name }) => name);
  // What is computed looks at others, and none of them at it.
  const order = [...first, ...decidingOrder(names, comparisons)].sort(
    (a, b) => Number(last.has(a)) - Number(last.has(b)),
  );
  for (const name of order) {
    const column = table.columns.find((one) => one.name === name) as Column;
    if (sources.has(name) || column.generated) continue;
    const make = makerOf(column, new Set(sources.keys()));
    if (make) sources.set(name, { kind: 'made', make });
    else if (column.notNull && column.default === null) throw nothingToMake(table, column);
  }
}

function nothingToMake(table: Table, { name, type }: Column): UserError {
  return new UserError(
    `${tableName(table)}.${name}: there is nothing to fill a column of type ${type.kind === 'scalar' ? type.name : `${type.kind} ${'name' in type ? type.name : ''}`} with`,
    {
      code: 'refused',
      hints: [`Say what it holds: tables: { ${tableName(table)}: { columns: { ${name}: { oneOf: [ … ] } } } }`],
    },
  );
}
