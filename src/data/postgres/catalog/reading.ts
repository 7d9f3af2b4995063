import type { Client } from '../server.ts';

/**
 * How the catalog is read: one snapshot for all queries, and expressions that mean the same wherever they are run later.
 * The server writes a schema only before names that the search path would not find, and constants as the session's
 * settings have it; with nothing on the path but pg_catalog, which is always there, and these formats (pg_dump's), what it
 * writes can be evaluated under any search path. The app's own time limit for statements isn't meant for us.
 */
const SETTINGS = `
  set local search_path = '';
  set local quote_all_identifiers = off;
  set local standard_conforming_strings = on;
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'postgres';
  set local timezone = 'UTC';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
  set local statement_timeout = 0`;

/** Runs `read` in a transaction of its own, which the connection must not be in already. */
export async function reading<T>(client: Client, read: () => Promise<T>): Promise<T> {
  await client.query(`begin transaction isolation level repeatable read, read only; ${SETTINGS}`);
  try {
    const result = await read();
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that is lost can't be told so, and the first error says why.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
