import { applyProperties, readProperties } from './properties.ts';
import { MAINTENANCE, type PostgresServer } from './server.ts';

/** Makes the live database empty: dropped, made again by `create`, with the settings and grants that it had. */
export async function recreate(server: PostgresServer, create: () => Promise<void>): Promise<void> {
  const properties = await server.within(MAINTENANCE, async (client) => {
    const found = await readProperties(client, server.live);
    await client.query(`drop database ${client.escapeIdentifier(server.live)} with (force)`);
    return found;
  });
  await create();
  await server.within(MAINTENANCE, (client) => applyProperties(client, server.live, properties));
}
