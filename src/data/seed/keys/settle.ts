import { UserError } from '../../../core/errors.ts';
import { takeTurns } from '../../../lib/turns.ts';
import type { Link } from '../links/links.ts';
import { referenced } from '../order.ts';
import { type Table, type Type, tableName } from '../schema.ts';
import type { CompiledTable } from '../table/compile.ts';
import type { Value } from '../value.ts';
import { encode } from '../values/index.ts';
import type { Key } from './key.ts';

/** How often a row is begun anew. */
const ATTEMPTS = 2_000;

/** After so many a look at the clock costs nothing. */
const ROWS_A_TURN = 512;

/** Values, as text, of a key's columns of the rows that were there before, in the order of its columns. */
export type Taken = (key: Key) => Iterable<readonly (string | null)[]>;

/**
 * Goes through the rows of a table once, in order, and begins those anew that collide with an earlier row in a key that
 * construction couldn't assure, or whose references can't agree. Remembers all keys: only tables that need it pay for that.
 */
export async function settle(
  { rows }: CompiledTable,
  wanted: readonly Key[],
  taken: Taken,
  signal: AbortSignal,
): Promise<void> {
  const lost = rows.links.flatMap((link) => link.lost ?? []);
  if (wanted.length === 0 && lost.length === 0) return;
  const isLost = (row: number): boolean => lost.some((one) => one(row, rows.attempt(row)));
  const types = new Map(rows.columns.map(({ name, type }) => [name, type]));
  const seen = wanted.map((key) => {
    const set = new Set<string>();
    for (const values of taken(key)) {
      const text = textOf(values);
      if (text !== null) set.add(text);
    }
    return set;
  });
  const turn = takeTurns(signal);
  for (let row = rows.first; row < rows.first + rows.count; row += 1) {
    if (row % ROWS_A_TURN === 0) await turn();
    let texts = textsOf(wanted, row, rows.cell, types);
    while (isLost(row) || texts.some((text, index) => text !== null && seen[index]?.has(text))) {
      if (rows.attempt(row) >= ATTEMPTS) {
        if (isLost(row))
          throw leadsNowhere(
            rows.table,
            rows.links.filter((link) => link.lost),
          );
        throw collides(tableName(rows.table), wanted, texts, seen);
      }
      rows.again(row);
      texts = textsOf(wanted, row, rows.cell, types);
    }
    texts.forEach((text, index) => {
      if (text !== null) seen[index]?.add(text);
    });
  }
}

/** Which keys have to be tried: with rows from before also those that hold among the new ones. */
export function keysToSettle({ rows, keys }: CompiledTable): readonly Key[] {
  const tried = rows.first === 0 ? keys.unassured : keys.all;
  return tried
    .filter(({ predicate, exclusion }) => predicate === null && exclusion === null)
    .filter(({ columns }) => columns.length > 0 && !columns.some((column) => keys.counting.has(column)));
}

/**
 * Exclusion constraints of which Postgres has to say which rows go together. Ranges that take places one after the other go
 * on after those that are there.
 */
export function exclusionsToTry({ rows, keys }: CompiledTable): readonly Key[] {
  const placed = (column: string): boolean =>
    keys.distinct.has(column) ||
    keys.tuples.some(({ components }) => components.some((one) => one.kind === 'column' && one.column === column));
  const isNew = ({ exclusion, columns, overlapping }: Key): boolean => {
    if (exclusion === 'other') return false;
    return overlapping === null ? columns.some((column) => keys.counting.has(column)) : placed(overlapping);
  };
  const beside = rows.first === 0 ? [] : keys.all.filter((key) => !isNew(key));
  return [...new Set([...keys.unassured, ...beside])].filter(({ exclusion }) => exclusion !== null);
}

function textsOf(
  keys: readonly Key[],
  row: number,
  cell: (column: string, row: number) => Value,
  types: ReadonlyMap<string, Type>,
): (string | null)[] {
  return keys.map(({ columns }) =>
    textOf(
      columns.map((column) => {
        const value = cell(column, row);
        const type = types.get(column);
        return value === null || !type ? null : encode(type, value);
      }),
    ),
  );
}

/** Null where a null makes it unequal to all others. Case doesn't count: an expression may ignore it. */
function textOf(values: readonly (string | null)[]): string | null {
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

function leadsNowhere(table: Table, links: readonly Link[]): UserError {
  const names = links.map(({ key }) => `${key.name} (${key.columns.join(', ')})`).join(' or ');
  return new UserError(
    `${tableName(table)}: no rows were found that ${names} could lead to together with its other keys`,
    {
      code: 'refused',
      hints: [`Ask for more rows of ${[...new Set(links.map(({ key }) => referenced(key)))].join(' and ')}.`],
    },
  );
}
