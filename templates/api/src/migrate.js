import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const folder = new URL('../migrations/', import.meta.url);
const LOCK = 4_816_205; // any number, as long as it is always the same one

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
try {
  await client.connect();
  // Two that start at once take turns.
  await client.query('select pg_advisory_lock($1)', [LOCK]);
  await client.query('create table if not exists migrations (name text primary key)');
  const { rows } = await client.query('select name from migrations');
  const applied = new Set(rows.map((row) => row.name));
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql') && !applied.has(name));
  for (const name of names.sort()) await apply(name);
  console.log(names.length > 0 ? `applied ${names.join(', ')}` : 'nothing to do');
} catch (error) {
  console.error(`migrate: ${error.message || error.code}`);
  process.exitCode = 1;
} finally {
  await client.end();
}

/** All of it, or nothing. */
async function apply(name) {
  const sql = await readFile(new URL(name, folder), 'utf8');
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (error) {
    throw new Error(`${name}: ${error.message}`, { cause: error });
  }
}
