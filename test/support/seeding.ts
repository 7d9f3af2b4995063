import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { LoadingServer } from '../../src/data/postgres/index.ts';
import { copyIn } from '../../src/engines/postgres/copy-in.ts';

/** SQL of one of the schemas to be seeded. */
export function seedFixture(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, '..', 'fixtures', 'seed', name), 'utf8');
}

/** A database of a server, with connections that take rows in great numbers. */
export function loadingServer(url: string, database: string): LoadingServer {
  return {
    live: database,
    async within(name, use) {
      const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: `/${name}` }).href });
      client.on('error', () => {});
      await client.connect();
      try {
        return await use(
          Object.assign(client, {
            copyIn: (sql: string, pieces: Iterable<string> | AsyncIterable<string>) => copyIn(client, sql, pieces),
          }),
        );
      } finally {
        await client.end();
      }
    },
  };
}
