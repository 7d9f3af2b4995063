import type { TableRows } from '../../seed/table/table-rows.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

/** Lets sequences go on after the numbers that rows are about to take: a trigger may insert into the same table meanwhile. */
export async function reserveNumbers(client: Client, { columns, cell, first, count }: TableRows): Promise<void> {
  for (const { name, sequence } of columns) {
    const last = sequence === null ? null : cell(name, first + count - 1);
    if (sequence !== null && typeof last === 'number') await advance(client, sequence, String(last));
  }
}

/** What is inserted next goes on after the rows that were written. */
export async function moveSequences(client: Client, { table, columns }: TableRows): Promise<void> {
  for (const { name, sequence } of columns) {
    if (sequence === null) continue;
    const highest = `select max(${client.escapeIdentifier(name)}) from ${quoted(client, table)}`;
    const { rows } = await client.query<{ highest: string | null }>(`select (${highest})::text as highest`);
    const found = rows[0]?.highest;
    if (found !== null && found !== undefined) await advance(client, sequence, found);
  }
}

/** Never back: others may have taken numbers. One that hasn't given any yet gives its first next. */
async function advance(client: Client, sequence: string, to: string): Promise<void> {
  await client.query(
    `select pg_catalog.setval($1::regclass, $2::bigint)
      where $2::bigint >= coalesce(pg_catalog.pg_sequence_last_value($1::regclass), 0) and $2::bigint > 0`,
    [sequence, to],
  );
}
