import { UserError } from '../../core/errors.ts';
import type { Client } from './server.ts';

/** What belongs to one database, would stay with it when it is moved aside, and keep it from being dropped later. */
export async function refuseBlockers(client: Client, database: string): Promise<void> {
  const { rows: slots } = await client.query<{ name: string }>(
    'select slot_name as name from pg_catalog.pg_replication_slots where database = $1',
    [database],
  );
  refuse(`${database} can't be moved aside`, 'would stay with it', [
    ...slots.map(({ name }) => ({
      what: `the logical replication slot ${name}`,
      hint: `select pg_drop_replication_slot(${client.escapeLiteral(name)}), and make it again after.`,
    })),
    ...(await subscriptionsIn(client, database)),
    ...(await preparedIn(client, database)),
  ]);
}

async function subscriptionsIn(client: Client, database: string): Promise<readonly Blocker[]> {
  const { rows } = await client.query<{ name: string }>(
    `select s.subname as name from pg_catalog.pg_subscription s
       join pg_catalog.pg_database d on d.oid = s.subdbid where d.datname = $1`,
    [database],
  );
  return rows.map(({ name }) => ({
    what: `the subscription ${name}`,
    hint: `In ${database}: drop subscription ${client.escapeIdentifier(name)}, and make it again after.`,
  }));
}

/** What Postgres copies no database with. */
export async function refusePrepared(client: Client, database: string): Promise<void> {
  refuse(`${database} can't be copied`, 'is open in it', await preparedIn(client, database));
}

interface Blocker {
  readonly what: string;
  readonly hint: string;
}

async function preparedIn(client: Client, database: string): Promise<readonly Blocker[]> {
  const { rows } = await client.query<{ name: string }>(
    'select gid as name from pg_catalog.pg_prepared_xacts where database = $1',
    [database],
  );
  return rows.map(({ name }) => ({
    what: `the prepared transaction ${name}`,
    hint: `In ${database}: rollback prepared ${client.escapeLiteral(name)}, or commit it.`,
  }));
}

function refuse(message: string, why: string, blockers: readonly Blocker[]): void {
  if (blockers.length === 0) return;
  throw new UserError(`${message}: ${blockers.map(({ what }) => what).join(' and ')} ${why}`, {
    code: 'refused',
    hints: blockers.map(({ hint }) => hint),
  });
}
