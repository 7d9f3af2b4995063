import type { ColumnDescription } from '../../../core/data/description.ts';
import type { Table } from '../schema.ts';
import { fitted } from './pack-column.ts';
import { isColumn } from './roles.ts';

/** Of what a role says of columns all that this table has and whose types, checks and keys allow it. */
export function columnsOf(
  table: Table,
  said: Readonly<Record<string, ColumnDescription>>,
): Readonly<Record<string, ColumnDescription>> {
  const found = Object.entries(said).flatMap(([names, description]) =>
    table.columns
      .filter((column) => names.split(',').some((name) => isColumn(column.name, name, table)))
      .map((column) => [column.name, fitted(description, column, table)] as const),
  );
  return Object.fromEntries(found.filter((entry): entry is [string, ColumnDescription] => entry[1] !== undefined));
}
