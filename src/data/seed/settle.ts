import { UserError } from '../../core/errors.ts';
import type { CompiledTable } from './compile.ts';
import type { Key } from './keys.ts';
import { tableName } from './schema.ts';
import type { Value } from './value.ts';

/** How often a row is begun anew. */
const ATTEMPTS = 60;

/** Values of a key's columns of the rows that were there before, in the order of its columns. */
export type Taken = (key: Key) => Iterable<readonly Value[]>;

/**
 * Goes through the rows of a table once, in order, and begins those anew that collide with an earlier row in a key that
 * construction couldn't assure. Remembers all keys: only tables that need it pay for that.
 */
export function settle({ rows }: CompiledTable, wanted: readonly Key[], taken: Taken): void {
  if (wanted.length === 0) return;
  const seen = wanted.map((key) => {
    const set = new Set<string>();
    for (const values of taken(key)) {
      const text = textOf(values);
      if (text !== null) set.add(text);
    }
    return set;
  });
  for (let row = rows.first; row < rows.first + rows.count; row += 1) {
    let texts = textsOf(wanted, row, rows.cell);
    while (texts.some((text, index) => text !== null && seen[index]?.has(text))) {
      if (rows.attempt(row) >= ATTEMPTS) throw collides(tableName(rows.table), wanted, texts, seen);
      rows.again(row);
      texts = textsOf(wanted, row, rows.cell);
    }
    texts.forEach((text, index) => {
      if (text !== null) seen[index]?.add(text);
    });
  }
}

/** Which keys have to be tried: with rows from before also those that hold among the new ones. */
export function keysToSettle({ rows, keys }: CompiledTable): readonly Key[] {
  const tried = rows.first === 0 ? keys.unassured : keys.all;
  return tried.filter(
    ({ predicate, overlapping, columns }) =>
      predicate === null && overlapping === null && !columns.some((column) => keys.counting.has(column)),
  );
}

function textsOf(keys: readonly Key[], row: number, cell: (column: string, row: number) => Value): (string | null)[] {
  return keys.map(({ columns }) => textOf(columns.map((column) => cell(column, row))));
}

/** Null where a null makes it unequal to all others. Case doesn't count: an expression may ignore it. */
function textOf(values: readonly Value[]): string | null {
  if (values.some((value) => value === null)) return null;
  return JSON.stringify(values).toLowerCase();
}

function collides(
  table: string,
  keys: readonly Key[],
  texts: readonly (string | null)[],
  seen: readonly Set<string>[],
): UserError {
  const key = keys.find((_, index) => seen[index]?.has(texts[index] ?? '')) ?? keys[0];
  return new UserError(
    `${table}: no more values could be found that ${key?.name} (${key?.columns.join(', ')}) allows`,
    {
      code: 'refused',
      hints: [`Ask for fewer rows of ${table}, or describe one of these columns so that it has more values.`],
    },
  );
}
