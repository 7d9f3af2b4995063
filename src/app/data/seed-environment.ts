import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import type { LoadingServer } from '../../data/postgres/index.ts';
import { timeLimit } from '../../lib/time-limit.ts';
import type { CommonOptions } from '../options.ts';
import { revealed } from '../variables.ts';
import { type OwnDatabase, onOwnServer } from './on-own-server.ts';
import { type ReadSeed, type RunSeed, readSeed, runSeed } from './run-seed.ts';
import { planFor, type SeededTable, shownPlan, type Undoable, type Wanted, withUndo } from './seed.ts';
import type { SeededKeys } from './seed-redis.ts';
import { serverOf } from './server.ts';

export interface SeedEnvironmentOptions extends CommonOptions {
  /** Files, as the user has written them; none: those of the configuration. */
  readonly files: readonly string[];
  /** Rows of every table that no file describes. */
  readonly rows: number | null;
  /** Ready packs, by name. */
  readonly packs: readonly string[];
  readonly service: string | undefined;
  readonly dryRun: boolean;
  /** Whether triggers run; null: as the description says. */
  readonly triggers: boolean | null;
  readonly progress: (message: string, done: number, total: number) => void;
}

export interface SeedResult extends OwnDatabase {
  readonly tables: readonly SeededTable[];
  /** Of the Redis, file by file. */
  readonly keys: readonly SeededKeys[];
  readonly rows: number;
  readonly milliseconds: number;
}

/** Fills the live database, or says how it would. What was there stays, and undo brings it back as it was. */
export async function seedEnvironment(options: SeedEnvironmentOptions): Promise<SeedResult> {
  const { emit, signal, progress, dryRun } = options;
  return onOwnServer(options, async ({ server, service, opened, keys }) => {
    const { root } = opened.loaded;
    const say = (message: string) => emit({ type: 'notice', level: 'info', message });
    const run: RunSeed = { environment: opened, signal, progress, say, env: revealed(opened.stack.variables) };
    const sources = await sourcesOf(options, root, service.content?.seeds ?? []);
    const read = (source: Source) => readSource(source, options, root);
    const atTheEnd: Undoable['atTheEnd'] = async (act) => {
      using limit = timeLimit(AT_THE_END_MS, new AbortController().signal);
      await act(serverOf(service, limit.signal));
    };
    const began = performance.now();
    const { tables, seededKeys } = dryRun
      ? { tables: await show(server, sources, read, say), seededKeys: [] }
      : await withUndo(keys, { now: new Date().toISOString(), atTheEnd }, (wrote) =>
          fill(server, sources, read, { ...run, wrote }),
        );
    return {
      service: service.name,
      database: server.live,
      tables,
      keys: seededKeys,
      rows: tables.reduce((sum, one) => sum + one.rows, 0),
      milliseconds: performance.now() - began,
    };
  });
}

/** For what is done after the command was ended: nobody waits longer for a shell to come back. */
const AT_THE_END_MS = 5_000;

type Source = { readonly file: SeedFile } | Wanted;
type Read = (source: Source) => Promise<ReadSeed>;

/** The files that were named, those of the configuration that describe rows, or no file but a number. */
async function sourcesOf(
  { files, rows, packs, cwd }: SeedEnvironmentOptions,
  root: string,
  configured: readonly SeedFile[],
): Promise<readonly Source[]> {
  if (files.length > 0) return Promise.all(files.map(async (name) => ({ file: await existing(name, cwd) })));
  if (rows !== null || packs.length > 0) return [{ description: {} }];
  if (configured.length > 0) return configured.map((file) => ({ file }));
  throw new UserError('what is to be seeded?', {
    code: 'usage',
    hints: [
      'devenv seed --rows 100 gives every table 100 rows; devenv seed --pack shop what a shop has.',
      `devenv seed seeds/dev.yaml follows a description; data: { seed: [seeds/dev.yaml] } in ${join(root, 'devenv.config.yaml')} makes it the usual one.`,
    ],
  });
}

async function existing(name: string, cwd: string): Promise<SeedFile> {
  const path = join(cwd, name);
  try {
    await access(path);
  } catch {
    throw new UserError(`there is no ${name}`, { code: 'usage' });
  }
  return { name, path };
}

async function fill(
  server: LoadingServer,
  sources: readonly Source[],
  read: Read,
  run: RunSeed & { readonly wrote: () => void },
): Promise<{ readonly tables: readonly SeededTable[]; readonly seededKeys: readonly SeededKeys[] }> {
  const tables: SeededTable[] = [];
  const seededKeys: SeededKeys[] = [];
  for (const source of sources) {
    if ('file' in source) run.say(`seed: ${source.file.name}`);
    const made = await runSeed(server, await read(source), run);
    run.wrote();
    tables.push(...made.tables);
    seededKeys.push(...made.keys);
  }
  return { tables, seededKeys };
}

async function show(
  server: LoadingServer,
  sources: readonly Source[],
  read: Read,
  say: (text: string) => void,
): Promise<readonly SeededTable[]> {
  const tables: SeededTable[] = [];
  for (const source of sources) {
    const seed = await read(source);
    if (seed.kind === 'description') tables.push(...shownPlan(await planFor(server, seed)));
    else if ('file' in source) say(`${source.file.name} would run; what it writes is known only then`);
  }
  return tables;
}

async function readSource(source: Source, options: SeedEnvironmentOptions, root: string): Promise<ReadSeed> {
  const seed = 'file' in source ? await readSeed(source.file, root) : { kind: 'description' as const, ...source };
  return seed.kind === 'description' ? { kind: 'description', ...adapted(seed, options) } : seed;
}

/** With what the command line says, which wins. */
function adapted({ description, origin }: Wanted, { rows, packs, triggers }: SeedEnvironmentOptions): Wanted {
  return {
    origin,
    description: {
      ...description,
      ...(rows === null ? {} : { rows }),
      ...(packs.length === 0 ? {} : { use: packs }),
      ...(triggers === null ? {} : { triggers }),
    },
  };
}
