import type { Sequence } from '../../seed/schema.ts';
import { countsDown } from '../../seed/table/counting.ts';
import type { TableRows } from '../../seed/table/table-rows.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

/** Lets sequences go on after the numbers that rows are about to take: a trigger may insert into the same table meanwhile. */
export async function reserveNumbers(client: Client, { columns, cell, first, count }: TableRows): Promise<void> {
  for (const { name, sequence } of columns) {
    const last = sequence === null ? null : cell(name, first + count - 1);
    if (sequence !== null && last !== null) await advance(client, sequence, String(last));
  }
}

/** What is inserted next goes on after the rows that were written. */
export async function moveSequences(client: Client, { table, columns }: TableRows): Promise<void> {
  for (const column of columns) {
    const { name, sequence } = column;
    // One that begins anew goes on after the last row, whatever numbers there are.
    if (sequence === null || sequence.cycle) continue;
    const end = `${countsDown(column) ? 'min' : 'max'}(${client.escapeIdentifier(name)})`;
    const { rows } = await client.query<{ end: string | null }>(
      `select ${end}::text as end from ${quoted(client, table)}`,
    );
    const found = rows[0]?.end;
    if (found !== null && found !== undefined) await advance(client, sequence, found);
  }
}

/**
 * Never back: others may have taken numbers. One that hasn't given any yet gives its first next. Rows may have numbers that
 * the sequence never comes to.
 */
async function advance(client: Client, sequence: Sequence, to: string): Promise<void> {
  const { name, start, increment, min, max, cycle } = sequence;
  const direction = increment.startsWith('-') ? '<=' : '>=';
  await client.query(
    `select pg_catalog.setval($1::regclass, $2::bigint)
      where $2::bigint between $3::bigint and $4::bigint
        and ($5 or $2::bigint ${direction} coalesce(pg_catalog.pg_sequence_last_value($1::regclass), $6::bigint))`,
    [name, to, min, max, cycle, start],
  );
}
