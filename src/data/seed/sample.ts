import type { TableRows } from './table/table-rows.ts';
import { encode } from './values/index.ts';

/** The first rows of a table, as text by column; null is no value. */
export function sampleRows(
  { columns, cell, first, count }: TableRows,
  most: number,
): readonly Readonly<Record<string, string | null>>[] {
  return Array.from({ length: Math.min(most, count) }, (_, index) =>
    Object.fromEntries(
      columns.map(({ name, type }) => {
        const value = cell(name, first + index);
        return [name, value === null ? null : encode(type, value)];
      }),
    ),
  );
}
