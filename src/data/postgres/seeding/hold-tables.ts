import { UserError } from '../../../core/errors.ts';
import { type Table, tableName } from '../../seed/schema.ts';
import type { Client } from '../server.ts';
import { quoted } from './names.ts';

/** How long others may take to end what they have begun to write. */
const PATIENCE_MS = 10_000;
/** Of two who wait for each other Postgres ends one; the other goes on, and then there is room. */
const TRIES = 5;

const DEADLOCK = '40P01';
const NOT_IN_TIME = '55P03';

/**
 * Lets nobody else write into these tables until the end of the transaction, in which the client has to be: what is read of
 * them from then on stays true. Reading goes on. Throws a UserError where somebody has written and doesn't end.
 */
export async function holdTables(
  client: Client,
  tables: readonly Table[],
  patience: number = PATIENCE_MS,
): Promise<void> {
  if (tables.length === 0) return;
  const names = tables.map((table) => quoted(client, table)).sort();
  await client.query(`set local lock_timeout = ${patience}`);
  for (let tried = 1; ; tried += 1) {
    await client.query('savepoint devenv_held');
    try {
      await client.query(`lock table ${names.join(', ')} in share row exclusive mode`);
      await client.query('release savepoint devenv_held');
      break;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== DEADLOCK && code !== NOT_IN_TIME) throw error;
      await client.query('rollback to savepoint devenv_held');
      if (code === NOT_IN_TIME || tried === TRIES) throw await busy(client, tables, error);
    }
  }
  await client.query('set local lock_timeout = 0');
}

async function busy(client: Client, tables: readonly Table[], cause: unknown): Promise<UserError> {
  const { rows } = await client.query<{ at: number; pid: number; application: string }>(
    `select distinct on (a.pid) t.at::int, a.pid, coalesce(nullif(a.application_name, ''), 'a client') as application
       from pg_catalog.unnest($1::regclass[]) with ordinality as t (oid, at)
       join pg_catalog.pg_locks l on l.relation = t.oid and l.granted
       join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'relation' and l.pid <> pg_catalog.pg_backend_pid()
        and l.mode not in ('AccessShareLock', 'RowShareLock')
      order by a.pid, t.at`,
    [tables.map((table) => quoted(client, table))],
  );
  const by = rows.map(
    ({ at, pid, application }) => `${tableName(tables[at - 1] as Table)} by ${application} (pid ${pid})`,
  );
  return new UserError(
    `${by.length > 0 ? `another transaction writes into ${by.join(', ')}` : 'other transactions write into the tables'}, and doesn't end; nothing was written`,
    {
      code: 'refused',
      hints: ['Ids could collide. End or commit that transaction, and seed again.'],
      cause,
    },
  );
}
