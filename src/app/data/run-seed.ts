import { readFile } from 'node:fs/promises';
import { readSeedFile } from '../../config/seed-file.ts';
import { roleHints } from '../../core/data/role-hint.ts';
import type { SeedContext, SeedScript } from '../../core/data/seed-file.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import { inTransaction, type LoadingServer } from '../../data/postgres/index.ts';
import { type Seeded, type SeedOptions, seedWith } from './seed.ts';

export interface RunSeed extends SeedOptions {
  /** The project's folder. */
  readonly root: string;
  /** The environment's variables, for scripts. */
  readonly env: Readonly<Record<string, string>>;
}

/** What SQL and scripts write isn't counted. */
const NOTHING: Seeded = { tables: [], keys: null };

/** Runs one seed file, whatever it is: SQL, a description, or a script. Each in one transaction. */
export async function runSeed(server: LoadingServer, { name, path }: SeedFile, options: RunSeed): Promise<Seeded> {
  if (name.endsWith('.sql')) {
    await runSql(server, { name, path });
    return NOTHING;
  }
  const content = await readSeedFile(path, options.root);
  if (content.kind === 'description') return seedWith(server, content, options);
  await runScript(server, content.run, options.env);
  return NOTHING;
}

async function runSql(server: LoadingServer, { name, path }: SeedFile): Promise<void> {
  const text = await readFile(path, 'utf8');
  await querying(server, async (query) => {
    try {
      await query(text);
    } catch (error) {
      const { position } = error as { position?: string };
      const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
      throw new UserError(`${name}${line}: ${messageOf(error)}`, { hints: roleHints(messageOf(error)), cause: error });
    }
  });
}

function runScript(server: LoadingServer, run: SeedScript, env: SeedContext['env']): Promise<void> {
  return querying(server, async (query) => run({ query, env }));
}

function querying(server: LoadingServer, act: (query: SeedContext['query']) => Promise<void>): Promise<void> {
  return server.within(server.live, (client) =>
    inTransaction(client, () =>
      act(async (sql, values) => (await client.query<Record<string, unknown>>(sql, values && [...values])).rows),
    ),
  );
}
