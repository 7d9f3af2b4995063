import { join } from 'node:path';
import pg from 'pg';
import type { RuntimeName } from '../../src/core/stack.ts';
import { queryPostgres } from './clients.ts';
import type { Machine, Project } from './project.ts';

export const MIGRATION = 'create table users (id int primary key, name text not null);';
export const SEED = "insert into users select i, 'user ' || i from generate_series(1, 100) i;";

/** With what the tests have anyway: a program that runs a file on the database of a URL. */
export const MIGRATE = `
const { readFileSync } = require('node:fs');
const { Client } = require('pg');
const client = new Client({ connectionString: process.env.DATABASE_URL });
client.connect()
  .then(() => client.query(readFileSync('migrations/1.sql', 'utf8')))
  .then(() => console.log('migrated'))
  .finally(() => client.end());
`;

/** What the program needs to find its library. */
export const MIGRATE_ENV = { NODE_PATH: join(import.meta.dirname, '..', '..', 'node_modules') };

/** A project with a hundred users in a database called shop, and ways into it. */
export interface LoadedShop {
  readonly shop: Project;
  url(database?: string): Promise<string>;
  /** The first column of the first row. */
  query(sql: string, database?: string): Promise<unknown>;
  users(): Promise<unknown>;
  /** Runs SQL in a transaction that stays open, and with it its locks, until it is released. */
  hold(sql: string, database?: string): Promise<{ release(): Promise<void> }>;
}

export async function loadedShop(
  machine: Machine,
  { runtime, version }: { readonly runtime: RuntimeName; readonly version: string },
): Promise<LoadedShop> {
  const shop = await machine.project('shop', {
    'devenv.config.yaml': `
runtime: ${runtime}
services: { db: { engine: postgres, version: "${version}", extensions: [citext] } }
processes: { app: { command: exec sleep 1000, needs: [db] } }
env: { DATABASE_URL: "\${db.url}" }
data:
  migrate: { run: node migrate.js, files: [migrations/**] }
  seed: [seed.sql]
`,
    'migrate.js': MIGRATE,
    'migrations/1.sql': MIGRATION,
    'seed.sql': SEED,
  });
  let known: Promise<{ DATABASE_URL: string }> | undefined;
  const url = async (database = 'shop') => {
    known ??= shop.json(['env', '--format', 'json']);
    return Object.assign(new URL((await known).DATABASE_URL), { pathname: `/${database}` }).href;
  };
  const query = async (sql: string, database?: string) => queryPostgres(await url(database), sql);
  return {
    shop,
    url,
    query,
    users: () => query('select count(*)::int from users'),
    async hold(sql, database) {
      const client = new pg.Client({ connectionString: await url(database) });
      client.on('error', () => {});
      await client.connect();
      await client.query('begin');
      await client.query(sql);
      return { release: () => client.end() };
    },
  };
}
