import type { TableRows } from './table/table-rows.ts';
import { encode } from './values/index.ts';

/** As text by column; null is no value. */
export type SampleRow = Readonly<Record<string, string | null>>;

/** The first rows of a table. */
export function sampleRows({ columns, cell, first, count }: TableRows, most: number): readonly SampleRow[] {
  return Array.from({ length: Math.min(most, count) }, (_, index) =>
    Object.fromEntries(
      columns.map(({ name, type }) => {
        const value = cell(name, first + index);
        return [name, value === null ? null : encode(type, value)];
      }),
    ),
  );
}
