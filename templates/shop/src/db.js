import pg from 'pg';

/**
 * @param {string} url
 * @param {ReturnType<import('./log.js').outageLog>} log
 * @returns {pg.Pool}
 */
export function openPool(url, log) {
  const pool = new pg.Pool({ connectionString: url, max: 5, connectionTimeoutMillis: 2000 });
  pool.on('error', log.failed);
  pool.on('connect', (client) => {
    log.works();
    // The pool only listens to idle clients; one in a transaction would take the process down.
    client.on('error', log.failed);
  });
  return pool;
}

/** Runs `work` in a transaction: all of it happens, or none. */
export async function transaction(pool, work) {
  const client = await pool.connect();
  let broken;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
