import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/** Of the two settings that say how much write-ahead log is kept to be written over: what the server takes at the least. */
const SETTINGS = ['min_wal_size', 'max_wal_size'] as const;

/**
 * Removes write-ahead log that a load has left: it is kept only to be written over, and made up a third of a data folder.
 * A checkpoint removes what is above `max_wal_size`, so that is small for a moment; segments that earlier ones have set
 * aside are gone through first. Where the user has set these by ALTER SYSTEM, or on the command line, the log stays.
 */
export async function trimLog(server: PostgresServer): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    const least = await leastSize(client);
    if (least === null) return;
    try {
      for (const name of SETTINGS) await client.query(`alter system set ${name} = '${least}MB'`);
      await reload(client, least);
      await client.query('checkpoint');
      if (await passSegments(client)) await client.query('checkpoint');
    } finally {
      for (const name of SETTINGS) await client.query(`alter system reset ${name}`);
      await client.query('select pg_catalog.pg_reload_conf()');
    }
  });
}

/**
 * Two segments (PostgreSQL manual, min_wal_size), in MB; null where the user has a say in it. The same value is what one
 * that was cut off has left.
 */
async function leastSize(client: Client): Promise<number | null> {
  const { rows } = await client.query<{ own: boolean; least: string }>(
    `select least, exists (select from pg_catalog.pg_file_settings
                            where name = any ($1) and sourcefile ~ 'postgresql\\.auto\\.conf$' and setting <> least || 'MB')
         or exists (select from pg_catalog.pg_settings where name = any ($1) and source = 'command line') as own
       from (select (2 * setting::bigint / 1048576)::text as least
               from pg_catalog.pg_settings where name = 'wal_segment_size') segments`,
    [[...SETTINGS]],
  );
  const [found] = rows;
  return !found || found.own ? null : Number(found.least);
}

/** Gives whether there were more than the one that the server wants ahead. A segment without a record is not switched. */
async function passSegments(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ ahead: string }>(
    `select count(*) as ahead from pg_catalog.pg_ls_waldir()
      where name ~ '^[0-9A-F]{24}$' and name > pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn())`,
  );
  const ahead = Number(rows[0]?.ahead ?? 0);
  for (let passed = 1; passed < ahead; passed += 1) {
    await client.query("select pg_catalog.pg_logical_emit_message(false, 'devenv', '')");
    await client.query('select pg_catalog.pg_switch_wal()');
  }
  return ahead > 1;
}

/** The server tells its processes one after the other; by the time this one knows, the others do as well. */
async function reload(client: Client, least: number): Promise<void> {
  await client.query('select pg_catalog.pg_reload_conf()');
  for (let look = 0; look < 100; look += 1) {
    const { rows } = await client.query<{ now: string }>(
      "select setting as now from pg_catalog.pg_settings where name = 'max_wal_size'",
    );
    if (Number(rows[0]?.now) === least) return;
    await sleep(10);
  }
}
