import type { Sequence } from '../../seed/schema.ts';
import { countsDown } from '../../seed/table/counting.ts';
import type { TableRows } from '../../seed/table/table-rows.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

interface Move {
  readonly sequence: Sequence;
  readonly to: string;
}

/** Lets sequences go on after the numbers that rows are about to take: a trigger may insert into the same table meanwhile. */
export async function reserveNumbers(client: Client, tables: readonly TableRows[]): Promise<void> {
  const moves = tables.flatMap(({ columns, cell, first, count }) =>
    columns.flatMap(({ name, sequence }): readonly Move[] => {
      const last = sequence === null ? null : cell(name, first + count - 1);
      return sequence === null || last === null ? [] : [{ sequence, to: String(last) }];
    }),
  );
  await advance(client, moves);
}

/** What is inserted next goes on after the rows that were written. */
export async function moveSequences(client: Client, tables: readonly TableRows[]): Promise<void> {
  const counted = tables.flatMap(({ table, columns }) =>
    columns.flatMap((column) => {
      const { name, sequence } = column;
      // One that begins anew goes on after the last row, whatever numbers there are.
      if (sequence === null || sequence.cycle) return [];
      const end = `${countsDown(column) ? 'min' : 'max'}(${client.escapeIdentifier(name)})`;
      return [{ sequence, sql: `(select ${end}::text from ${quoted(client, table)})` }];
    }),
  );
  for (let start = 0; start < counted.length; start += AT_ONCE) {
    const some = counted.slice(start, start + AT_ONCE);
    const { rows } = await client.query<{ ends: readonly (string | null)[] }>(
      `select array[${some.map(({ sql }) => sql).join(', ')}] as ends`,
    );
    const moves = some.flatMap(({ sequence }, index): readonly Move[] => {
      const to = rows[0]?.ends[index] ?? null;
      return to === null ? [] : [{ sequence, to }];
    });
    await advance(client, moves);
  }
}

/** How many columns one query asks about. */
const AT_ONCE = 100;

const TYPES = ['text', 'bigint', 'bigint', 'bigint', 'bigint', 'bool', 'bool'];

/**
 * Never back: others may have taken numbers. One that hasn't given any yet gives its first next. Rows may have numbers that
 * the sequence never comes to.
 */
async function advance(client: Client, asked: readonly Move[]): Promise<void> {
  const moves = farthest(asked);
  if (moves.length === 0) return;
  const all = (of: (move: Move) => string | boolean) => moves.map(of);
  await client.query(
    `select pg_catalog.setval(s.name::regclass, s.until)
       from rows from (${TYPES.map((type, at) => `pg_catalog.unnest($${at + 1}::${type}[])`).join(', ')})
         as s (name, until, low, high, start, down, cycle),
         lateral (select coalesce(pg_catalog.pg_sequence_last_value(s.name::regclass), s.start) as last) t
      where s.until between s.low and s.high
        and (s.cycle or case when s.down then s.until <= t.last else s.until >= t.last end)`,
    [
      all(({ sequence }) => sequence.name),
      all(({ to }) => to),
      all(({ sequence }) => sequence.min),
      all(({ sequence }) => sequence.max),
      all(({ sequence }) => sequence.start),
      all(({ sequence }) => sequence.increment.startsWith('-')),
      all(({ sequence }) => sequence.cycle),
    ],
  );
}

/** Of several columns that one sequence serves the one that has come farthest. */
function farthest(moves: readonly Move[]): readonly Move[] {
  const found = new Map<string, Move>();
  for (const move of moves) {
    const { sequence, to } = move;
    const before = found.get(sequence.name);
    const down = sequence.increment.startsWith('-');
    const isBehind =
      before && !sequence.cycle && (down ? BigInt(before.to) <= BigInt(to) : BigInt(before.to) >= BigInt(to));
    if (!isBehind) found.set(sequence.name, move);
  }
  return [...found.values()];
}
