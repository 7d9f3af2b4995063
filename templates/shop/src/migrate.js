import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { requireEnv } from './env.js';
import { reason } from './log.js';

const folder = new URL('../migrations/', import.meta.url);
const LOCK = 7_468_703; // any number, as long as it is always the same one

const [url] = requireEnv('DATABASE_URL');
const client = new pg.Client({ connectionString: url });
try {
  await client.connect();
  // Two that start at once take turns. The lock goes with the connection, whatever happens.
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  const names = await pending();
  for (const name of names) await apply(name);
  console.log(names.length > 0 ? `migrate: applied ${names.join(', ')}` : 'migrate: nothing to do');
} catch (error) {
  console.error(`migrate: ${reason(error)}`);
  process.exitCode = 1;
} finally {
  await client.end();
}

/** The migrations this database hasn't seen, in order. */
async function pending() {
  await client.query(`create table if not exists schema_migrations (
    name text primary key,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query('select name from schema_migrations');
  const applied = new Set(rows.map((row) => row.name));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  return names.sort().filter((name) => !applied.has(name));
}

async function apply(name) {
  const sql = await readFile(new URL(name, folder), 'utf8');
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    // Nothing to roll back by hand: the connection ends, and the transaction with it.
    throw new Error(`${name} failed: ${reason(error)}`, { cause: error });
  }
}
