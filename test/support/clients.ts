import pg from 'pg';
import { createClient } from 'redis';

/** The first column of the first row. */
export async function queryPostgres(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  // A connection that a reset ends between two queries: the next one tells.
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0] === undefined ? undefined : Object.values(rows[0] as Record<string, unknown>)[0];
  } finally {
    await client.end();
  }
}

export async function queryRedis(url: string, command: readonly string[]): Promise<unknown> {
  const client = createClient({ url });
  await client.connect();
  try {
    return await client.sendCommand([...command]);
  } finally {
    client.destroy();
  }
}
