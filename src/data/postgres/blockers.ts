import { UserError } from '../../core/errors.ts';
import type { Client } from './server.ts';

/** What belongs to one database, would stay with it when it is moved aside, and keep it from being dropped later. */
export async function refuseBlockers(client: Client, database: string): Promise<void> {
  const { rows: slots } = await client.query<{ name: string }>(
    'select slot_name as name from pg_catalog.pg_replication_slots where database = $1',
    [database],
  );
  const { rows: prepared } = await client.query<{ name: string }>(
    'select gid as name from pg_catalog.pg_prepared_xacts where database = $1',
    [database],
  );
  const hints = [
    ...slots.map(
      ({ name }) => `select pg_drop_replication_slot(${client.escapeLiteral(name)}), and make it again after.`,
    ),
    ...prepared.map(({ name }) => `In ${database}: rollback prepared ${client.escapeLiteral(name)}, or commit it.`),
  ];
  if (hints.length === 0) return;
  const named = [
    ...slots.map(({ name }) => `the logical replication slot ${name}`),
    ...prepared.map(({ name }) => `the prepared transaction ${name}`),
  ];
  throw new UserError(`${database} can't be moved aside: ${named.join(' and ')} would stay with it`, {
    code: 'refused',
    hints,
  });
}
