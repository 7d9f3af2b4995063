import { type Link, NOBODY } from '../links/links.ts';
import { baseOf, type Column, type Table } from '../schema.ts';
import { isScalar } from '../types.ts';
import { DAY, type Value } from '../value.ts';
import { birthColumns } from '../values/index.ts';
import type { Cell } from './table-rows.ts';

/** A row comes to be after those that it leads to: of columns that say when, what comes at least before, in their unit. */
export function birthAfter(
  table: Table,
  links: readonly Link[],
  first: number,
  cell: Cell,
): (column: Column) => ((row: number, attempt: number) => number | null) | null {
  const columns = birthColumns(table);
  const births = new Set(columns.map(({ name }) => name));
  const [birth] = columns;
  const told = links.flatMap(({ pick, parent, amongSiblings }) => {
    // In the same table: of rows that were there before it isn't known, and a reply is to a new one.
    const ofOwn = (index: number): number | null =>
      birth && index >= parent.existing ? instantOf(birth, cell(birth.name, first + index - parent.existing)) : null;
    const born = amongSiblings ? ofOwn : parent.born;
    return born ? [{ pick, born }] : [];
  });
  return (column) => {
    if (told.length === 0 || !births.has(column.name)) return null;
    const unit = isDate(column) ? DAY : 1;
    return (row, attempt) => {
      let latest: number | null = null;
      for (const { pick, born } of told) {
        const index = pick(row, attempt);
        const at = index === NOBODY ? null : born(index);
        if (at !== null && (latest === null || at > latest)) latest = at;
      }
      return latest === null ? null : Math.ceil(latest / unit);
    };
  };
}

/** A value of such a column in milliseconds; null for one that is no point of time. */
export function instantOf(column: Column, value: Value): number | null {
  if (typeof value !== 'number') return null;
  return isDate(column) ? value * DAY : value;
}

function isDate({ type }: Column): boolean {
  return isScalar(baseOf(type), 'date');
}
