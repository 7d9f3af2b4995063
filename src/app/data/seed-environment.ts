import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readPack } from '../../config/seed-pack.ts';
import { UserError } from '../../core/errors.ts';
import type { SeedFile } from '../../core/stack.ts';
import type { LoadingServer } from '../../data/postgres/index.ts';
import { timeLimit } from '../../lib/time-limit.ts';
import { guardStack } from '../live-keys.ts';
import type { CommonOptions } from '../options.ts';
import { revealed } from '../variables.ts';
import {
  type Chosen,
  type OwnDatabase,
  onEach,
  onOwnServer,
  onOwnServers,
  type ProvenData,
  type Results,
} from './on-own-server.ts';
import { refuseForeignAddresses } from './refuse-foreign.ts';
import { type ReadSeed, type RunSeed, readSeed, runSeed } from './run-seed.ts';
import type { SeededTable, Wanted } from './seed.ts';
import type { SeededKeys } from './seed-redis.ts';
import { serverOf } from './server.ts';
import { type PlannedKeys, type ShownSeed, shownSeed } from './show-seed.ts';
import { type Undoable, withUndo } from './with-undo.ts';

export interface SeedEnvironmentOptions extends CommonOptions, Chosen {
  /** Files, as the user has written them; none: those of the configuration. */
  readonly files: readonly string[];
  /** Rows of every table that no file describes. */
  readonly rows: number | null;
  /** Ready packs, by name. */
  readonly packs: readonly string[];
  readonly dryRun: boolean;
  /** Whether triggers run; null: as the description says. */
  readonly triggers: boolean | null;
  readonly progress: (message: string, done: number, total: number) => void;
  /** Hears of each database as soon as it is seeded. */
  readonly done?: (result: SeedResult) => void;
}

export interface SeedResult extends OwnDatabase {
  readonly tables: readonly SeededTable[];
  /** Of the Redis, file by file. */
  readonly keys: readonly SeededKeys[];
  /** Of a plan that is only shown, what keys there would be. */
  readonly plannedKeys: readonly PlannedKeys[];
  readonly rows: number;
  readonly milliseconds: number;
}

/**
 * Fills what is live, or says how it would. What was there stays, and undo brings it back as it was. Files and packs are
 * for one database; a number of rows is for all of them, and without a word each gets what the configuration has for it.
 */
export async function seedEnvironment(options: SeedEnvironmentOptions): Promise<Results<SeedResult>> {
  const { files, rows, packs, signal, done } = options;
  if (files.length > 0 || packs.length > 0) {
    return onOwnServer(options, async (proven) => {
      if (files.length > 0) refuseForeignAddresses(proven.opened.stack, proven.service.content);
      const result = await seedOne(proven, options, new Date().toISOString());
      done?.(result);
      return { results: [result], several: false };
    });
  }
  return onOwnServers(options, async (all) => {
    const described = all.filter(({ service }) => (service.content?.seeds ?? []).length > 0);
    // Without any the first says what there could be.
    const meant = rows !== null ? all : described.length > 0 ? described : all.slice(0, 1);
    // A module runs when it is read, also for a dry run. What comes without a file is of our own making.
    if (rows === null) {
      for (const { service, opened } of meant) refuseForeignAddresses(opened.stack, service.content);
    }
    // Under one time, so that undo takes it back as a whole.
    const now = new Date().toISOString();
    const each = { signal, done, did: 'seeded' };
    const results = await onEach(meant, each, (proven) => seedOne(proven, options, now));
    return { results, several: all.length > 1 };
  });
}

async function seedOne(
  { server, service, opened, keys }: ProvenData,
  options: SeedEnvironmentOptions,
  now: string,
): Promise<SeedResult> {
  const { emit, signal, progress, dryRun } = options;
  const { root } = opened.loaded;
  const say = (message: string) => emit({ type: 'notice', level: 'info', message });
  const { stack, runtime } = opened;
  await guardStack(stack, dryRun ? null : 'seed', emit);
  const environment = { stack, runtime, service: service.name };
  const run: RunSeed = { environment, signal, progress, say, env: revealed(stack.variables) };
  const sources = await sourcesOf(options, root, service.content?.seeds ?? []);
  const read = (source: Source) => readSource(source, options, root);
  const atTheEnd: Undoable['atTheEnd'] = async (act) => {
    using limit = timeLimit(AT_THE_END_MS, new AbortController().signal);
    await act(serverOf(service, limit.signal));
  };
  const began = performance.now();
  // Those of files are told with their place.
  if (options.packs.length > 0) await Promise.all(options.packs.map((name) => readPack(name)));
  const { tables, seededKeys, plannedKeys } = dryRun
    ? { ...(await show(server, sources, read, say)), seededKeys: [] }
    : await withUndo(keys, { now, atTheEnd }, (wrote) => fill(server, sources, read, { ...run, wrote }));
  return {
    service: service.name,
    database: server.live,
    tables,
    keys: seededKeys,
    plannedKeys,
    rows: tables.reduce((sum, one) => sum + one.rows, 0),
    milliseconds: performance.now() - began,
  };
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
  const path = resolve(cwd, name);
  try {
    await access(path);
  } catch {
    throw new UserError(`there is no ${path}`, { code: 'usage' });
  }
  return { name, path };
}

async function fill(
  server: LoadingServer,
  sources: readonly Source[],
  read: Read,
  run: RunSeed & { readonly wrote: () => void },
): Promise<Pick<SeedResult, 'tables' | 'plannedKeys'> & { readonly seededKeys: readonly SeededKeys[] }> {
  const tables: SeededTable[] = [];
  const seededKeys: SeededKeys[] = [];
  for (const source of sources) {
    if ('file' in source) run.say(`seed: ${source.file.name}`);
    const made = await runSeed(server, await read(source), run);
    run.wrote();
    tables.push(...made.tables);
    seededKeys.push(...made.keys);
  }
  return { tables, seededKeys, plannedKeys: [] };
}

async function show(
  server: LoadingServer,
  sources: readonly Source[],
  read: Read,
  say: (text: string) => void,
): Promise<Pick<SeedResult, 'tables' | 'plannedKeys'>> {
  const shown: ShownSeed[] = [];
  for (const source of sources) {
    const seed = await read(source);
    if (seed.kind === 'description') {
      const one = await shownSeed(server, seed);
      one.notes.forEach(say);
      shown.push(one);
    } else if ('file' in source) say(`${source.file.name} would run; what it writes is known only then`);
  }
  return { tables: shown.flatMap(({ tables }) => tables), plannedKeys: shown.flatMap(({ keys }) => keys) };
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
