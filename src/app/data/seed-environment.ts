import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readSeedFile } from '../../config/seed/read.ts';
import type { Description } from '../../core/data/description.ts';
import { UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import type { LoadingServer } from '../../data/postgres/index.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { revealed } from '../variables.ts';
import type { OwnDatabase } from './on-own-server.ts';
import { type RunSeed, runSeed } from './run-seed.ts';
import { planFor, type SeededTable, seedWith, shownPlan, withUndo } from './seed.ts';
import { seededService } from './seed-service.ts';
import { ownServer } from './server.ts';

export interface SeedEnvironmentOptions extends CommonOptions {
  /** Files, as the user has written them; none: those of the configuration. */
  readonly files: readonly string[];
  /** Rows of every table that no file describes. */
  readonly rows: number | null;
  readonly service: string | undefined;
  readonly dryRun: boolean;
  /** Whether triggers run; null: as the description says. */
  readonly triggers: boolean | null;
  readonly progress: (message: string, done: number, total: number) => void;
}

export interface SeedResult extends OwnDatabase {
  readonly tables: readonly SeededTable[];
  readonly rows: number;
  readonly milliseconds: number;
}

/** Fills the live database, or says how it would. What was there stays, and undo brings it back as it was. */
export async function seedEnvironment(options: SeedEnvironmentOptions): Promise<SeedResult> {
  const { emit, signal, progress, dryRun } = options;
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const { stack, runtime } = await enterEnvironment(checkout, options);
  const service = seededService(stack, options.service);
  const server = await ownServer(stack, runtime, service, signal);
  const say = (message: string) => emit({ type: 'notice', level: 'info', message });
  const { root } = checkout.loaded;
  const sources = await sourcesOf(options, root, service.content?.seeds ?? []);
  const run: RunSeed = { signal, progress, say, root, env: revealed(stack.variables) };
  const began = performance.now();
  const act = (): Promise<readonly SeededTable[]> =>
    dryRun ? show(server, sources, options) : fill(server, sources, options, run);
  const tables = dryRun ? await act() : await withUndo(server, new Date().toISOString(), act);
  return {
    service: service.name,
    database: server.live,
    tables,
    rows: tables.reduce((sum, one) => sum + one.rows, 0),
    milliseconds: performance.now() - began,
  };
}

type Source = { readonly file: SeedFile } | { readonly description: Description };

/** The files that were named, those of the configuration that describe rows, or no file but a number. */
async function sourcesOf(
  { files, rows, cwd }: SeedEnvironmentOptions,
  root: string,
  configured: readonly SeedFile[],
): Promise<readonly Source[]> {
  if (files.length > 0) return Promise.all(files.map(async (name) => ({ file: await existing(name, cwd) })));
  if (rows !== null) return [{ description: { rows } }];
  if (configured.length > 0) return configured.map((file) => ({ file }));
  throw new UserError('what is to be seeded?', {
    code: 'usage',
    hints: [
      'devenv seed --rows 100 gives every table 100 rows.',
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
  { rows, triggers, emit }: SeedEnvironmentOptions,
  run: RunSeed,
): Promise<readonly SeededTable[]> {
  const tables: SeededTable[] = [];
  for (const source of sources) {
    if ('file' in source) emit({ type: 'notice', level: 'info', message: `seed: ${source.file.name}` });
    const described = 'file' in source ? await describedIn(source.file, run.root) : source.description;
    const made = described
      ? await seedWith(server, adapted(described, rows, triggers), run)
      : await runSeed(server, (source as { file: SeedFile }).file, run);
    tables.push(...made);
  }
  return tables;
}

async function show(
  server: LoadingServer,
  sources: readonly Source[],
  { rows, triggers, emit }: SeedEnvironmentOptions,
): Promise<readonly SeededTable[]> {
  const tables: SeededTable[] = [];
  for (const source of sources) {
    const described = 'file' in source ? await describedIn(source.file, '') : source.description;
    if (described) tables.push(...shownPlan(await planFor(server, adapted(described, rows, triggers))));
    else if ('file' in source) {
      emit({
        type: 'notice',
        level: 'info',
        message: `${source.file.name} would run; what it writes is known only then`,
      });
    }
  }
  return tables;
}

async function describedIn({ name, path }: SeedFile, root: string): Promise<Description | null> {
  if (name.endsWith('.sql')) return null;
  const content = await readSeedFile(path, root);
  return content.kind === 'description' ? content.description : null;
}

function adapted(description: Description, rows: number | null, triggers: boolean | null): Description {
  return {
    ...description,
    ...(rows === null ? {} : { rows }),
    ...(triggers === null ? {} : { triggers }),
  };
}
