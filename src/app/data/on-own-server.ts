import type { PostgresServer } from '../../data/postgres/index.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { type LoadedService, loadedService, ownServer } from './server.ts';

/** What a result is about. */
export interface OwnDatabase {
  readonly service: string;
  readonly database: string;
}

/** Does something with a server that was proven to be this environment's, under the environment's lock. */
export async function onOwnServer<T>(
  options: CommonOptions,
  act: (server: PostgresServer, service: LoadedService, opened: OpenEnvironment) => Promise<T>,
): Promise<T> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const opened = await enterEnvironment(checkout, options);
  const service = loadedService(opened.stack);
  return act(await ownServer(opened.stack, opened.runtime, service, options.signal), service, opened);
}
