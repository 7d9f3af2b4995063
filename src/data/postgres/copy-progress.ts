import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/** Bytes that are there, of all. */
export type Copied = (done: number, total: number) => void;

/** What is smaller is there before anybody has read how far it is. */
const WORTH_TELLING = 64_000_000;
const EVERY_MS = 250;

/**
 * Tells how far a copy of a database has come while `act` makes it. The server says nothing of that: the folder that it
 * fills is the one that belongs to no database yet (PostgreSQL, "Database File Layout": `base/<oid>`).
 */
export async function whileTold(
  server: PostgresServer,
  from: string,
  copied: Copied,
  act: () => Promise<void>,
): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    const total = await sizeOf(client, from);
    if (total < WORTH_TELLING) return act();
    const before = await foldersOf(client);
    let over = false;
    const acting = act().finally(() => {
      over = true;
    });
    const telling = tell(client, before, { copied: (done) => copied(Math.min(done, total), total), over: () => over });
    await Promise.all([acting, telling]);
  });
}

interface Telling {
  copied(done: number): void;
  over(): boolean;
}

async function tell(client: Client, before: readonly string[], { copied, over }: Telling): Promise<void> {
  while (!over()) {
    // A file that goes while it is looked at is no reason to fail.
    const done = await newBytes(client, before).catch(() => null);
    if (done !== null && !over()) copied(done);
    await sleep(EVERY_MS);
  }
}

async function sizeOf(client: Client, database: string): Promise<number> {
  const sql = 'select pg_catalog.pg_database_size($1::name) as size';
  return Number((await client.query<{ size: string }>(sql, [database])).rows[0]?.size ?? 0);
}

async function foldersOf(client: Client): Promise<readonly string[]> {
  return (await client.query<{ name: string }>("select pg_catalog.pg_ls_dir('base') as name")).rows.map(
    ({ name }) => name,
  );
}

/** In the folders that were not there before. */
async function newBytes(client: Client, before: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ size: string | null }>(
    `select sum((pg_catalog.pg_stat_file('base/' || folder || '/' || file, true)).size) as size
       from pg_catalog.pg_ls_dir('base') folder
      cross join lateral pg_catalog.pg_ls_dir('base/' || folder, true, false) file
      where folder <> all ($1::text[])`,
    [before],
  );
  return Number(rows[0]?.size ?? 0);
}
