import { MAINTENANCE, type PostgresServer } from './server.ts';

/** Tablespaces of the user's: they lie outside of the data folder, and a copy of that would write to the same files. */
export function ownTablespaces(server: PostgresServer): Promise<readonly string[]> {
  return server.within(MAINTENANCE, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select spcname as name from pg_catalog.pg_tablespace where spcname not in ('pg_default', 'pg_global')`,
    );
    return rows.map(({ name }) => name);
  });
}
