import { UserError } from '../../core/errors.ts';
import type { Service, Stack } from '../../core/stack.ts';
import { type LoadingServer, mend } from '../../data/postgres/index.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { databaseServices, onlyOne } from './database-service.ts';
import { meetDropped, type WhenDropped } from './dropped.ts';
import { type Keys, keysOf } from './keys.ts';
import { TAKEN_BACK } from './load-content.ts';
import { mendKeys } from './mend-keys.ts';
import { heldServerOf, ownServer, serverOf } from './server.ts';

/** What a result is about. */
export interface OwnDatabase {
  readonly service: string;
  readonly database: string;
}

/** Of one database after the other. `several`: there are more that it could be about, whether or not it was. */
export interface Results<T> {
  readonly results: readonly T[];
  readonly several: boolean;
}

/** Which databases a verb is about; without names all whose content the configuration tells. */
export interface Chosen {
  /** Names of Postgres services. */
  readonly services?: readonly string[] | undefined;
}

/** A server that was proven to be this environment's, and what it is in the stack. */
export interface Proven {
  readonly server: LoadingServer;
  readonly service: Service;
  readonly opened: OpenEnvironment;
}

export async function prove(opened: OpenEnvironment, service: Service, signal: AbortSignal): Promise<Proven> {
  return { service, opened, server: await ownServer(opened.stack, opened.runtime, service, signal) };
}

/** With the Redis services whose keys go with its database. */
export interface ProvenData extends Proven {
  readonly keys: Keys;
  /** When a reset was begun that was cut off, and has been taken back just now. */
  readonly takenBack: string | null;
}

/** The same of all that are meant, for whoever changes what is live: where one of them isn't ours, none is changed. */
export function proveData(
  opened: OpenEnvironment,
  services: readonly Service[],
  options: CommonOptions,
): Promise<readonly ProvenData[]> {
  return proveAll(
    opened,
    services.map((service) => ({ service, server: serverOf(service, options.signal) })),
    options,
  );
}

function proveAll(
  opened: OpenEnvironment,
  reached: readonly { readonly service: Service; readonly server: LoadingServer }[],
  { emit, signal }: CommonOptions,
): Promise<readonly ProvenData[]> {
  const { stack, runtime } = opened;
  const say = (message: string) => emit({ type: 'notice', level: 'warning', message });
  return Promise.all(
    reached.map(async ({ service, server }) => {
      const [, keys] = await Promise.all([
        ownServer(stack, runtime, service, signal, server),
        keysOf(stack, runtime, service, server, { say, signal }),
      ]);
      return { service, opened, server, keys, takenBack: null };
    }),
  );
}

/** Does something with this environment's databases, under its lock; what an earlier one left is mended before. */
export function onOwnServers<T>(
  options: CommonOptions & Chosen,
  act: (all: readonly ProvenData[]) => Promise<T>,
  whenDropped: WhenDropped = 'refuse',
): Promise<T> {
  return onServers(options, (stack) => databaseServices(stack, options.services), act, whenDropped);
}

/** The same for what is done with one at a time. */
export function onOwnServer<T>(
  options: CommonOptions & Chosen,
  act: (proven: ProvenData) => Promise<T>,
  whenDropped: WhenDropped = 'refuse',
): Promise<T> {
  const choose = (stack: Stack) => [onlyOne(databaseServices(stack, options.services))];
  return onServers(options, choose, async ([proven]) => act(proven as ProvenData), whenDropped);
}

async function onServers<T>(
  options: CommonOptions,
  choose: (stack: Stack) => readonly Service[],
  act: (all: readonly ProvenData[]) => Promise<T>,
  whenDropped: WhenDropped,
): Promise<T> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const opened = await enterEnvironment(checkout, options);
  const reached = choose(opened.stack).map((service) => ({ service, server: heldServerOf(service, options.signal) }));
  await using _held = { [Symbol.asyncDispose]: () => endAll(reached.map(({ server }) => server)) };
  const all = await proveAll(opened, reached, options).catch(async (error: unknown) => {
    throw await withOthers(error, opened, reached);
  });
  const mended: ProvenData[] = [];
  for (const proven of all) {
    const takenBack = await mend(proven.server);
    if (takenBack !== null) {
      const which = all.length > 1 ? `${proven.service.name}: ` : '';
      options.emit({ type: 'notice', level: 'warning', message: `${which}${TAKEN_BACK}` });
    }
    await meetDropped(proven, options, whenDropped);
    await mendKeys(proven.keys);
    mended.push({ ...proven, takenBack });
  }
  // Awaited here: the lock would be let go as soon as there is a promise.
  return await act(mended);
}

/** Where only some of several run, those can be named: so that what is done to all is never a guess. */
async function withOthers(
  error: unknown,
  { stack, runtime }: OpenEnvironment,
  reached: readonly { readonly service: Service }[],
): Promise<unknown> {
  if (!(error instanceof UserError) || reached.length < 2) return error;
  const lives = await Promise.all(
    reached.map(async ({ service }) => ({ ...(await runtime.alive(stack.environment.id, service.name)), service })),
  );
  const running = lives.filter(({ alive }) => alive).map(({ service }) => service.name);
  if (running.length === 0 || running.length === reached.length) return error;
  const { message, code, hints } = error;
  const others = running.map((name) => `--service ${name} is about ${name} alone.`);
  return new UserError(`${message}; nothing was changed`, { code, hints: [...hints, ...others], cause: error });
}

async function endAll(servers: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
}

/**
 * One after the other, in the order of the configuration. One that fails is told at the end, with what has become of the
 * others: it keeps none of them from it. `done` hears each as it is done.
 */
export async function onEach<T extends OwnDatabase>(
  all: readonly ProvenData[],
  { signal, done = () => {}, did }: Each<T>,
  act: (proven: ProvenData) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  const failures: UserError[] = [];
  for (const proven of all) {
    try {
      const result = await act(proven);
      results.push(result);
      done(result);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof UserError) || all.length === 1) throw error;
      const { message, code, hints } = error;
      const about = `${proven.service.name}: `;
      const said = message.startsWith(about) ? message : `${about}${message}`;
      failures.push(new UserError(said, { code, hints, cause: error }));
    }
  }
  const [first] = failures;
  if (!first) return results;
  const others = results.map(({ service }) => service).join(', ');
  const hints = [...new Set(failures.flatMap((failure) => failure.hints))];
  throw new UserError(failures.map(({ message }) => message).join('\n'), {
    code: first.code,
    hints: [...hints, others === '' ? `None of the others was ${did} either.` : `All the same ${did}: ${others}.`],
    cause: first,
  });
}

export interface Each<T> {
  readonly signal: AbortSignal;
  /** What they were, in a word: `reset`. */
  readonly did: string;
  readonly done?: ((result: T) => void) | undefined;
}
