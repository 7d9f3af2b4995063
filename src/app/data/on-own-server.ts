import type { Service } from '../../core/stack.ts';
import { type LoadingServer, mend } from '../../data/postgres/index.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { databaseService } from './database-service.ts';
import { meetDropped, type WhenDropped } from './dropped.ts';
import { type Keys, keysOf } from './keys.ts';
import { TAKEN_BACK } from './load-content.ts';
import { heldServerOf, ownServer, serverOf } from './server.ts';

/** What a result is about. */
export interface OwnDatabase {
  readonly service: string;
  readonly database: string;
}

/** A server that was proven to be this environment's, and what it is in the stack. */
export interface Proven {
  readonly server: LoadingServer;
  readonly service: Service;
  readonly opened: OpenEnvironment;
}

export async function prove(opened: OpenEnvironment, signal: AbortSignal, named?: string): Promise<Proven> {
  const service = databaseService(opened.stack, named);
  return { service, opened, server: await ownServer(opened.stack, opened.runtime, service, signal) };
}

/** With the Redis services whose keys go with its database. */
export interface ProvenData extends Proven {
  readonly keys: Keys;
}

/** The same for whoever changes what is live. */
export async function proveData(opened: OpenEnvironment, options: CommonOptions, named?: string): Promise<ProvenData> {
  const service = databaseService(opened.stack, named);
  return proveBoth(opened, options, service, serverOf(service, options.signal));
}

async function proveBoth(
  opened: OpenEnvironment,
  { emit, signal }: CommonOptions,
  service: Service,
  server: LoadingServer,
): Promise<ProvenData> {
  const { stack, runtime } = opened;
  const say = (message: string) => emit({ type: 'notice', level: 'warning', message });
  const [, keys] = await Promise.all([
    ownServer(stack, runtime, service, signal, server),
    keysOf(stack, runtime, service, server, { say, signal }),
  ]);
  return { service, opened, server, keys };
}

/** Does something with this environment's server, under its lock; what an earlier one left is mended before. */
export async function onOwnServer<T>(
  options: CommonOptions & { readonly service?: string | undefined },
  act: (proven: ProvenData) => Promise<T>,
  whenDropped: WhenDropped = 'refuse',
): Promise<T> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const opened = await enterEnvironment(checkout, options);
  const service = databaseService(opened.stack, options.service);
  await using server = heldServerOf(service, options.signal);
  const proven = await proveBoth(opened, options, service, server);
  if (await mend(proven.server)) options.emit({ type: 'notice', level: 'warning', message: TAKEN_BACK });
  await meetDropped(proven, options, whenDropped);
  await proven.keys.follow();
  // Awaited here: the lock would be let go as soon as there is a promise.
  return await act(proven);
}
