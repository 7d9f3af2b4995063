import { type Client, MAINTENANCE, type PostgresServer } from './server.ts';

/** Postgres looks for others five seconds long before it gives up what needs a database for itself. */
const TERMINATE_EVERY_MS = 20;

/**
 * For what needs a database without anybody connected to it, such as renaming or copying it. The order matters where
 * clients reconnect at once: the act takes the lock that connecting waits for (PostgreSQL, `InitPostgres`), and only then
 * those who are connected are ended, by a second connection, again and again until the act is done. Newcomers wait; the
 * lock goes with the connection that holds it, so that a devenv that is killed locks nobody out.
 */
export async function whileEnding(
  server: PostgresServer,
  database: string,
  act: () => Promise<unknown>,
): Promise<void> {
  await server.within(MAINTENANCE, async (client) => {
    let over = false;
    const acting = act().finally(() => {
      over = true;
    });
    const ended = endUntil(client, database, acting, () => over);
    await Promise.all([acting, ended]);
  });
}

async function endUntil(
  client: Client,
  database: string,
  acting: Promise<unknown>,
  over: () => boolean,
): Promise<void> {
  while (!over()) {
    await client.query(
      `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
        where datname = $1 and pid <> pg_catalog.pg_backend_pid()`,
      [database],
    );
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise((resolve) => {
      timer = setTimeout(resolve, TERMINATE_EVERY_MS);
    });
    await Promise.race([acting, pause]).finally(() => clearTimeout(timer));
  }
}
