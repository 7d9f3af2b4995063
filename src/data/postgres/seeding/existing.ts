import type { Key } from '../../seed/keys/key.ts';
import { spansOf } from '../../seed/keys/spans.ts';
import { isOneToOne } from '../../seed/links/links.ts';
import { pairsOf, targetsOf } from '../../seed/links/polymorphic.ts';
import { referenced } from '../../seed/order.ts';
import type { Existing } from '../../seed/plan.ts';
import { baseOf, type Column, type Schema, type Table, type Type, tableName } from '../../seed/schema.ts';
import { countsDown, mayCount } from '../../seed/table/counting.ts';
import { birthColumns, decode } from '../../seed/values/index.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

/** Of more rows than that only the first are connected to: each is kept in memory. */
const MOST_KEYS = 100_000;

/** Reads what seeding has to know of rows that are there: the keys that others reference, and where counting goes on. */
export async function readExisting(client: Client, schema: Schema): Promise<Existing> {
  const { tables } = schema;
  const paired = new Map(
    tables.flatMap((table) =>
      pairsOf(table).flatMap((pair) =>
        targetsOf(table, pair, schema).map((target) => [target.table, target.key] as const),
      ),
    ),
  );
  const keys = new Map<string, readonly (readonly (string | null)[])[]>();
  const last = new Map<string, bigint>();
  const latest = new Map<string, number | null>();
  const taken = new Map<string, ReadonlySet<string>>();
  for (const table of tables.filter(({ rows }) => rows > 0)) {
    const name = tableName(table);
    const wanted = tables.flatMap(({ foreignKeys }) => foreignKeys.filter((key) => referenced(key) === name));
    const pair = paired.get(table);
    for (const columns of [...wanted.map(({ references }) => references.columns), ...(pair ? [[pair]] : [])]) {
      const id = JSON.stringify([name, columns]);
      if (!keys.has(id)) keys.set(id, await readKeys(client, table, columns));
    }
    for (const { columns } of table.foreignKeys.filter((key) => isOneToOne(table, key))) {
      const texts = await readTexts(client, table, columns, '');
      taken.set(JSON.stringify([name, columns]), new Set(texts.map((values) => JSON.stringify(values))));
    }
    const counting = table.columns.filter((column) => mayCount(table, column));
    for (const [column, number] of await readLast(client, table, counting)) {
      last.set(JSON.stringify([name, column]), number);
    }
    for (const { name: column, type } of table.columns) {
      const base = baseOf(type);
      const id = JSON.stringify([name, column]);
      if (base.kind === 'range' && !base.multi && isExclusive(table, column)) {
        const upper = `upper(${client.escapeIdentifier(column)})`;
        latest.set(id, await readLatest(client, table, upper, base.subtype));
      }
    }
    for (const { lower, upper } of spansOf(table)) {
      const type = table.columns.find((column) => column.name === upper)?.type;
      if (type)
        latest.set(
          JSON.stringify([name, lower]),
          await readLatest(client, table, client.escapeIdentifier(upper), baseOf(type)),
        );
    }
  }
  return {
    keys: (table, columns) => keys.get(JSON.stringify([table, columns])) ?? [],
    last: (table, column) => last.get(JSON.stringify([table, column])) ?? null,
    taken: (table, columns) => taken.get(JSON.stringify([table, columns])) ?? new Set(),
    latest: (table, column) => latest.get(JSON.stringify([table, column])) ?? null,
  };
}

/** Values of a key's columns in all rows that are there, as text. */
export function readTaken(
  client: Client,
  table: Table,
  { columns }: Key,
): Promise<readonly (readonly (string | null)[])[]> {
  return readTexts(client, table, columns, '');
}

function readKeys(
  client: Client,
  table: Table,
  columns: readonly string[],
): Promise<readonly (readonly (string | null)[])[]> {
  const births = birthColumns(table).slice(0, 1);
  return readTexts(
    client,
    table,
    columns,
    `limit ${MOST_KEYS}`,
    births.map(({ name }) => name),
  );
}

async function readTexts(
  client: Client,
  table: Table,
  columns: readonly string[],
  limit: string,
  besides: readonly string[] = [],
): Promise<readonly (readonly (string | null)[])[]> {
  const quote = (list: readonly string[]) => list.map((column) => client.escapeIdentifier(column));
  const [names, more] = [quote(columns), quote(besides)];
  const { rows } = await client.query<{ values: readonly (string | null)[] }>(
    `select array[${[...names, ...more].map((name) => `${name}::text`).join(', ')}] as values
       from ${quoted(client, table)} order by ${names.join(', ')} ${limit}`,
  );
  return rows.map(({ values }) => values).filter((values) => !values.slice(0, columns.length).includes(null));
}

/** Of each column the highest value, or the lowest where it counts down. */
async function readLast(
  client: Client,
  table: Table,
  columns: readonly Column[],
): Promise<readonly (readonly [string, bigint])[]> {
  if (columns.length === 0) return [];
  const ends = columns.map(
    (column) => `${countsDown(column) ? 'min' : 'max'}(${client.escapeIdentifier(column.name)})::text`,
  );
  const { rows } = await client.query<{ ends: readonly (string | null)[] }>(
    `select array[${ends.join(', ')}] as ends from ${quoted(client, table)}`,
  );
  return columns.flatMap(({ name }, index) => {
    const end = rows[0]?.ends[index] ?? null;
    return end === null ? [] : [[name, BigInt(end)] as const];
  });
}

function isExclusive({ exclusions }: Table, column: string): boolean {
  return exclusions.some(({ parts }) => parts.some((part) => 'column' in part && part.column === column));
}

async function readLatest(client: Client, table: Table, upper: string, subtype: Type): Promise<number | null> {
  const { rows } = await client.query<{ latest: string | null }>(
    `select max(${upper})::text as latest from ${quoted(client, table)}`,
  );
  const latest = rows[0]?.latest;
  const value = latest === null || latest === undefined ? null : decode(subtype, latest);
  return typeof value === 'number' ? value : null;
}
