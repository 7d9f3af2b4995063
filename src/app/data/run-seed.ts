import { readFile } from 'node:fs/promises';
import { readSeedFile } from '../../config/seed-file.ts';
import { roleHints } from '../../core/data/role-hint.ts';
import type { SeedContext, SeedFileContent, SeedScript } from '../../core/data/seed-file.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import { inTransaction, type LoadingServer, stayingIn, transactionControl } from '../../data/postgres/index.ts';
import { insertedRows } from '../../data/postgres/seeding/index.ts';
import { type Seeded, type SeededTable, type SeedOptions, seedWith, type Wanted } from './seed.ts';

export interface RunSeed extends SeedOptions {
  /** The environment's variables, for scripts. */
  readonly env: Readonly<Record<string, string>>;
}

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
  const tables = await (seed.kind === 'sql' ? runSql(server, seed.file) : runScript(server, seed.run, options.env));
  return { tables, keys: [] };
}

async function runSql(server: LoadingServer, { name, path }: SeedFile): Promise<readonly SeededTable[]> {
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
  return querying(server, async (query) => {
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

function runScript(server: LoadingServer, run: SeedScript, env: SeedContext['env']): Promise<readonly SeededTable[]> {
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

/** Gives the rows that were inserted into each table. */
function querying(
  server: LoadingServer,
  act: (query: SeedContext['query']) => Promise<void>,
): Promise<readonly SeededTable[]> {
  return server.within(server.live, (client) =>
    inTransaction(client, async () => {
      await act(async (sql, values) => (await client.query<Record<string, unknown>>(sql, values && [...values])).rows);
      return (await insertedRows(client)).map((one) => ({ ...one, sample: [] }));
    }),
  );
}
