import type { Copy } from '../../core/data/copies.ts';
import { refuseBlockers } from './blockers.ts';
import { type CopyMarks, mark, unmark } from './copies.ts';
import { copyName } from './copy-name.ts';
import { applyProperties, readProperties } from './properties.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/** Postgres looks for others five seconds long before it gives a renaming up. */
const TERMINATE_EVERY_MS = 20;

/**
 * Puts a copy in the place of the live database, which is kept under a name of its own: one transaction, so that there is
 * always one of them under the live name. The server, its URL and password stay. Clients are told 57P01 and, for a
 * moment, 3D000. Gives the name of what was live.
 *
 * The order matters where clients reconnect at once: the renaming takes the lock that connecting waits for, and only
 * then those who are connected are ended, by a second connection.
 */
export async function swap(
  server: PostgresServer,
  incoming: Copy,
  { tag, ...marks }: { readonly tag: string } & CopyMarks,
): Promise<string> {
  const { live } = server;
  const parked = copyName(live, marks.kind, tag);
  await server.within(MAINTENANCE, async (client) => {
    const [own, now, kept] = [incoming.name, live, parked].map((name) => client.escapeIdentifier(name));
    await refuseBlockers(client, live);
    await client.query('begin');
    try {
      const properties = await readProperties(client, live);
      await whileEnding(server, () => client.query(`alter database ${now} rename to ${kept}`));
      await client.query(`alter database ${own} rename to ${now}`);
      await applyProperties(client, live, properties);
      await unmark(client, live);
      await client.query(`alter database ${now} allow_connections true`);
      await client.query(`alter database ${kept} allow_connections false`);
      await mark(client, parked, { ...marks, live });
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    }
  });
  return parked;
}

/** Only the half of a swap: what was live is kept under a name of its own, and nothing takes its place. */
export async function moveAway(
  server: PostgresServer,
  { tag, ...marks }: { readonly tag: string } & CopyMarks,
): Promise<string> {
  const { live } = server;
  const parked = copyName(live, marks.kind, tag);
  await server.within(MAINTENANCE, async (client) => {
    const [now, kept] = [live, parked].map((name) => client.escapeIdentifier(name));
    await refuseBlockers(client, live);
    await client.query('begin');
    await whileEnding(server, () => client.query(`alter database ${now} rename to ${kept}`));
    await client.query(`alter database ${kept} allow_connections false`);
    await mark(client, parked, { ...marks, live });
    await client.query('commit');
  });
  return parked;
}

/** Takes `moveAway` back, whatever has come into the place meanwhile. */
export async function moveBack(server: PostgresServer, parked: string): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    const [now, kept] = [server.live, parked].map((name) => client.escapeIdentifier(name));
    await client.query(`drop database if exists ${now} with (force)`);
    await client.query('begin');
    await client.query(`alter database ${kept} rename to ${now}`);
    await unmark(client, server.live);
    await client.query(`alter database ${now} allow_connections true`);
    await client.query('commit');
  });
}

/**
 * For what needs the live database without anybody connected to it: clients are cut off, and can't come back until it is
 * over.
 */
export async function withoutClients<T>(server: PostgresServer, act: () => Promise<T>): Promise<T> {
  const allow = (allowed: boolean) =>
    server.within(MAINTENANCE, async (client) => {
      const name = client.escapeIdentifier(server.live);
      await client.query(`alter database ${name} allow_connections ${allowed}`);
      if (!allowed) await terminate(client, server.live);
    });
  await allow(false);
  try {
    return await act();
  } finally {
    await allow(true);
  }
}

/** Ends whoever is connected to the live database, again and again, until the act is done. */
async function whileEnding(server: PostgresServer, act: () => Promise<unknown>): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    let over = false;
    const acting = act().finally(() => {
      over = true;
    });
    const ended = endConnections(client, server.live, () => over);
    await Promise.all([acting, ended]);
  });
}

async function endConnections(client: Client, database: string, over: () => boolean): Promise<void> {
  while (!over()) {
    await terminate(client, database);
    await new Promise((resolve) => setTimeout(resolve, TERMINATE_EVERY_MS));
  }
}

async function terminate(client: Client, database: string): Promise<void> {
  await client.query(
    `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
      where datname = $1 and pid <> pg_catalog.pg_backend_pid()`,
    [database],
  );
}
