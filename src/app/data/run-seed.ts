import { readFile } from 'node:fs/promises';
import { readSeedFile } from '../../config/seed-file.ts';
import { roleHints } from '../../core/data/role-hint.ts';
import type { SeedContext, SeedFileContent, SeedScript } from '../../core/data/seed-file.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import { inTransaction, type LoadingServer, stayingIn, transactionControl } from '../../data/postgres/index.ts';
import { type Seeded, type SeedOptions, seedWith, type Wanted } from './seed.ts';

export interface RunSeed extends SeedOptions {
  /** The environment's variables, for scripts. */
  readonly env: Readonly<Record<string, string>>;
}

/** What SQL and scripts write isn't counted. */
const NOTHING: Seeded = { tables: [], keys: [] };

/** What a seed file is, read once: a module runs when it is read. */
export type ReadSeed =
  | { readonly kind: 'sql'; readonly file: SeedFile }
  | ({ readonly kind: 'description' } & Wanted)
  | Extract<SeedFileContent, { kind: 'script' }>;

export async function readSeed(file: SeedFile, root: string): Promise<ReadSeed> {
  return file.name.endsWith('.sql') ? { kind: 'sql', file } : readSeedFile(file.path, root);
}

/** Runs a seed, whatever it is: SQL, a description, or a script. Each in one transaction. */
export async function runSeed(server: LoadingServer, seed: ReadSeed, options: RunSeed): Promise<Seeded> {
  if (seed.kind === 'description') return seedWith(server, seed, options);
  if (seed.kind === 'sql') await runSql(server, seed.file);
  else await runScript(server, seed.run, options.env);
  return NOTHING;
}

async function runSql(server: LoadingServer, { name, path }: SeedFile): Promise<void> {
  const text = await readFile(path, 'utf8');
  const control = await transactionControl(text);
  if (control !== null && control !== 'unread') {
    throw new UserError(`${name}:${control.line}: \`${control.statement}\` would begin or end a transaction`, {
      hints: [
        'The file runs in a transaction of its own, all or nothing: take that statement out. Savepoints are allowed.',
        'Nothing of the file was run.',
      ],
    });
  }
  await querying(server, async (query) => {
    const run = () => runText(query, name, text);
    // Only where nothing is known of it: within a savepoint no isolation level can be chosen.
    await (control === 'unread' ? stayingIn(query, name, run) : run());
  });
}

async function runText(query: SeedContext['query'], name: string, text: string): Promise<void> {
  try {
    await query(text);
  } catch (error) {
    const { position, severity } = error as { position?: string; severity?: string };
    // The connection is lost: nothing that the file did wrong.
    if (severity === undefined) throw error;
    const line = position === undefined ? '' : `:${text.slice(0, Number(position)).split('\n').length}`;
    throw new UserError(`${name}${line}: ${messageOf(error)}`, { hints: roleHints(messageOf(error)), cause: error });
  }
}

function runScript(server: LoadingServer, run: SeedScript, env: SeedContext['env']): Promise<void> {
  return querying(server, (query) =>
    stayingIn(query, 'the script', async () =>
      run({
        query: async (sql, values) => {
          const control = await transactionControl(sql);
          if (control !== null && control !== 'unread') {
            const { statement } = control;
            throw new Error(
              `\`${statement}\` would end the transaction that the script runs in; savepoints are allowed`,
            );
          }
          return query(sql, values);
        },
        env,
      }),
    ),
  );
}

function querying(server: LoadingServer, act: (query: SeedContext['query']) => Promise<void>): Promise<void> {
  return server.within(server.live, (client) =>
    inTransaction(client, () =>
      act(async (sql, values) => (await client.query<Record<string, unknown>>(sql, values && [...values])).rows),
    ),
  );
}
