import { refuseBlockers } from './blockers.ts';
import { type CopyMarks, mark, unmark } from './copies.ts';
import { copyName } from './copy-name.ts';
import { whileEnding } from './end-clients.ts';
import { type BornLife, begin } from './generation.ts';
import { applyProperties, readProperties } from './properties.ts';
import { MAINTENANCE, type PostgresServer } from './server.ts';
import { inTransaction } from './transaction.ts';

/**
 * Puts a copy in the place of the live database, which is kept under a name of its own: one transaction, so that there is
 * always one of them under the live name. The server, its URL and password stay. Clients are told 57P01 and, for a
 * moment, 3D000. What is put in begins `life`, or goes on with the one that it led before. Gives the name of what was live.
 */
export async function swap(
  server: PostgresServer,
  incoming: { readonly name: string },
  { tag, life, ...marks }: { readonly tag: string; readonly life?: BornLife } & CopyMarks,
): Promise<string> {
  const { live } = server;
  const parked = copyName(live, marks.kind, tag);
  await server.within(MAINTENANCE, async (client) => {
    const [own, now, kept] = [incoming.name, live, parked].map((name) => client.escapeIdentifier(name));
    await refuseBlockers(client, live);
    await inTransaction(client, async () => {
      const properties = await readProperties(client, live);
      await whileEnding(server, live, () => client.query(`alter database ${now} rename to ${kept}`));
      await client.query(`alter database ${own} rename to ${now}`);
      await applyProperties(client, live, properties);
      await unmark(client, live);
      if (life) await begin(client, live, life);
      await client.query(`alter database ${now} allow_connections true`);
      await client.query(`alter database ${kept} allow_connections false is_template false`);
      await mark(client, parked, { ...marks, live });
    });
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
    await whileEnding(server, live, () => client.query(`alter database ${now} rename to ${kept}`));
    await client.query(`alter database ${kept} allow_connections false is_template false`);
    await mark(client, parked, { ...marks, live });
    await client.query('commit');
  });
  return parked;
}

/** Says anew what a database that was moved away is for. */
export async function settle(server: PostgresServer, parked: string, marks: CopyMarks): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    await client.query('begin');
    await mark(client, parked, { ...marks, live: server.live });
    await client.query('commit');
  });
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
