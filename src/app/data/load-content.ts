import { access } from 'node:fs/promises';
import { changedSince, changedWords, loadsSeveral } from '../../core/data/baseline.ts';
import { roleHints } from '../../core/data/role-hint.ts';
import { UserError } from '../../core/errors.ts';
import type { Report } from '../../core/execute.ts';
import type { Runtime } from '../../core/runtime.ts';
import type { Command, Content, SeedFile, Stack } from '../../core/stack.ts';
import {
  keepBaseline,
  type LoadingServer,
  markContent,
  mend,
  nameAt,
  park,
  readContent,
  recreate,
  trimLog,
} from '../../data/postgres/index.ts';
import { engineOf } from '../../engines/index.ts';
import { noteLoaded } from '../../state/loaded.ts';
import { describeExit, runToEnd } from '../../supervisor/client.ts';
import { guardStack, refuseLiveKeys } from '../live-keys.ts';
import { revealed } from '../variables.ts';
import { type Keys, keysOf } from './keys.ts';
import { mendKeys } from './mend-keys.ts';
import { observeContent } from './observe-content.ts';
import { ownInData } from './own-in-data.ts';
import { refuseForeignAddresses } from './refuse-foreign.ts';
import type { RunSeed } from './run-seed.ts';
import { type LoadedService, ownServer } from './server.ts';

/** Stands for the migration where processes are told apart by name; no process can be called so. */
const MIGRATION = 'data.migrate';

export interface Loading {
  readonly report: Report;
  /** For what has to be read: of progress a line a second is shown. */
  readonly say: (message: string) => void;
  readonly signal: AbortSignal;
  /** ISO 8601. */
  readonly now: string;
}

/** What `mend` did, in words. */
export const TAKEN_BACK = 'a reset was cut off: the data is as it was before it';

/**
 * Brings an empty database to its content, and keeps that for resets. What fails leaves it empty again; what was cut off
 * is begun anew. Data that is there already stays as it is. Gives whether something was loaded with which other checkouts
 * can begin.
 */
export async function loadContent(
  stack: Stack,
  runtime: Runtime,
  service: LoadedService,
  loading: Loading,
): Promise<boolean> {
  const { server, keys } = await mended(stack, runtime, service, loading);
  const { id } = stack.environment;
  const found = await observeContent(id, service, server);
  if (found.state === 'loaded' || found.state === 'foreign') {
    const changed = changedSince(service.content, found);
    if (changed !== null) loading.say(changedWords(stack, service.name, changed));
    else if (found.state === 'loaded') await noteLoaded(id, service.name, service.content);
    await mendKeys(keys, loading.now);
    return false;
  }
  await refuseMissingSeeds(service.content);
  refuseLiveKeys(stack);
  refuseForeignAddresses(stack, service.content);
  const giveUp = async (): Promise<string> => {
    await keys.endLoad();
    await recreate(server, () => create(stack, runtime, service, loading.signal));
    return 'The database is empty again; devenv up tries once more.';
  };
  if (found.state === 'begun') await giveUp();
  await keys.beginLoad(loading.now);
  return fill(stack, runtime, service, keys, server, loading, giveUp);
}

/** Brings back what a command that was cut off has left, and what goes with it. */
export async function mendContent(
  ...[stack, runtime, service, loading]: Parameters<typeof loadContent>
): Promise<void> {
  const { keys } = await mended(stack, runtime, service, loading);
  await mendKeys(keys, loading.now);
}

async function mended(...[stack, runtime, service, loading]: Parameters<typeof loadContent>) {
  const server = await ownServer(stack, runtime, service, loading.signal);
  const keys = await keysOf(stack, runtime, service, server, loading);
  if ((await mend(server)) !== null) loading.say(`${service.name}: ${TAKEN_BACK}`);
  return { server, keys };
}

interface InUse {
  readonly server: LoadingServer;
  readonly keys: Keys;
  readonly runtime: Runtime;
}

/** The same for a database that is in use: what was live is kept for `undo`, and comes back where loading fails. */
export async function loadAnew(
  stack: Stack,
  service: LoadedService,
  { server, keys, runtime }: InUse,
  loading: Loading,
): Promise<void> {
  await guardStack(stack, 'reset', ({ message }) => loading.say(message));
  // The first load was cut off: there is nothing to go back to.
  if ((await readContent(server)).state === 'begun') {
    await loadContent(stack, runtime, service, loading);
    return;
  }
  await refuseMissingSeeds(service.content);
  refuseForeignAddresses(stack, service.content);
  const { putBack, settle } = await park(server, 'reset', loading);
  const giveUp = async (): Promise<string> => {
    await putBack();
    await keys.follow();
    return 'The data is as it was before.';
  };
  try {
    await create(stack, runtime, service, loading.signal);
  } catch (error) {
    if (!loading.signal.aborted) await putBack().catch(() => {});
    throw error;
  }
  await keys.beginEmpty(loading.now);
  await fill(stack, runtime, service, keys, server, loading, giveUp);
  await settle();
}

async function create(stack: Stack, runtime: Runtime, service: LoadedService, signal: AbortSignal): Promise<void> {
  await engineOf(service.engine).setup(service, await runtime.access(stack.environment.id, service), signal);
}

async function fill(
  stack: Stack,
  runtime: Runtime,
  { name, content }: LoadedService,
  keys: Keys,
  server: LoadingServer,
  { report, say, signal, now }: Loading,
  /** Gives what that means for the data, in words. */
  giveUp: () => Promise<string>,
): Promise<boolean> {
  await markContent(server, 'begun', content.baseline);
  try {
    if (content.migrate) await migrate(stack, content.migrate, report, signal);
    await runSeeds({ stack, runtime, service: name }, server, content.seeds, report, signal);
  } catch (error) {
    // What is cut off here is found begun, or with what was live before it parked, by the next command.
    if (signal.aborted) throw error;
    // Where the server has ended, that can only be said: the next command finds what was begun, and mends it.
    const outcome = await giveUp().catch(
      () => 'As soon as the server runs again, the next command puts back what was there.',
    );
    if (!(error instanceof UserError)) throw error;
    const about = loadsSeveral(stack) ? `${name}: ` : '';
    throw new UserError(`${about}${error.message}`, {
      hints: [...error.hints, outcome],
      code: error.code,
      cause: error,
    });
  }
  await keys.keepLoaded(nameAt(server, 'baseline', now), now);
  // Before the checkpoint of the copying, which would set the log aside for later; cut off here, it is loaded once more.
  if (content.unshared === null) await trimLog(server);
  await markContent(server, 'loaded', content.baseline);
  await keepBaseline(server, content.baseline, { now });
  await noteLoaded(stack.environment.id, name, content);
  const unshared = content.unshared ?? (await ownInData(stack, content, server));
  if (unshared !== null) say(`${name}: other checkouts load their data themselves: ${unshared}`);
  return unshared === null;
}

async function refuseMissingSeeds({ seeds }: Content): Promise<void> {
  const there = await Promise.allSettled(seeds.map(({ path }) => access(path)));
  const missing = seeds.filter((_, index) => there[index]?.status === 'rejected').map(({ name }) => name);
  if (missing.length === 0) return;
  throw new UserError(`data.seed: there is no ${missing.join(' and no ')}`, {
    code: 'usage',
    hints: ['Nothing was loaded. Names are relative to the configuration.'],
  });
}

async function migrate(stack: Stack, command: Command, report: Report, signal: AbortSignal): Promise<void> {
  const said: string[] = [];
  const spec = { name: MIGRATION, command, env: revealed(stack.variables) };
  const exit = await runToEnd(
    spec,
    stack.environment.id,
    (line) => {
      said.push(line);
      report(`migrate: ${line}`);
    },
    signal,
  );
  if (exit.code === 0) return;
  const message = [`data.migrate: "${command.line}" ${describeExit(exit)}`, ...said.slice(-10)].join('\n  ');
  throw new UserError(message, { hints: roleHints(message) });
}

async function runSeeds(
  environment: RunSeed['environment'],
  server: LoadingServer,
  seeds: readonly SeedFile[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  if (seeds.length === 0) return;
  const { stack } = environment;
  const env = revealed(stack.variables);
  const root = stack.environment.path;
  // All of seeding, which an `up` or a reset without seeds to run never loads.
  const { readSeed, runSeed } = await import('./run-seed.ts');
  for (const seed of seeds) {
    report(`seed: ${seed.name}`);
    const progress = (table: string, done: number, total: number) => report(`seed: ${table}`, done, total);
    await runSeed(server, await readSeed(seed, root), { environment, env, signal, progress, say: report });
  }
}
