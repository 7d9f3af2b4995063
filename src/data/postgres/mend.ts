import { readMarks } from './copies.ts';
import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';
import { moveBack } from './swap.ts';

/**
 * Mends what a devenv that was killed has left of the live database and of whole copies; what it left half-made is for
 * `tidy`. Only under the environment's lock: what goes on looks the same. Where a load that was cut off was taken back it
 * gives when that was begun.
 */
export async function mend(server: PostgresServer): Promise<string | null> {
  const parked = await server.within(MAINTENANCE, async (client) => {
    const found = await readMarks(client, { measured: false });
    const copies = found.filter(({ marks }) => marks.get('live') === server.live);
    for (const { name, open } of copies) if (open) await allowConnections(client, name, false);
    const live = found.find(({ name }) => name === server.live);
    if (live && !live.open) await allowConnections(client, live.name, true);
    return copies.find(({ marks }) => marks.get('kind') === 'parked');
  });
  if (parked === undefined) return null;
  await moveBack(server, parked.name);
  return parked.marks.get('created') ?? '';
}

/** Lets somebody into a copy for as long as `act` runs; it stays closed to everybody else but for a moment. */
export async function whileOpen<T>(server: PostgresServer, database: string, act: () => Promise<T>): Promise<T> {
  const allow = (allowed: boolean) =>
    server.within(MAINTENANCE, (client) => allowConnections(client, database, allowed));
  await allow(true);
  try {
    return await act();
  } finally {
    await allow(false);
  }
}

async function allowConnections(client: Client, database: string, allowed: boolean): Promise<void> {
  await client.query(`alter database ${client.escapeIdentifier(database)} allow_connections ${allowed}`);
}
