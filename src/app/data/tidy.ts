import { join } from 'node:path';
import { KEEPING } from '../../core/data/copies.ts';
import { readContent, tidy } from '../../data/postgres/index.ts';
import { takeLock } from '../../lib/lock.ts';
import { environmentState } from '../../lib/paths.ts';
import { enterEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { loadedService, ownServer } from './server.ts';

/** Drops what nothing leads to any more and makes the spares that are missing; one at a time of these. */
export async function tidyData(options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  // Not the environment's own: a reset is not to wait for what makes the next ones fast.
  const lock = join(environmentState(checkout.environment.id), 'data.lock');
  await using _lock = await takeLock(lock, { signal: options.signal });
  const opened = await enterEnvironment(checkout, options);
  const service = loadedService(opened.stack);
  const server = await ownServer(opened.stack, opened.runtime, service, options.signal);
  const { baseline } = await readContent(server);
  const now = new Date().toISOString();
  await tidy(server, baseline, { ...KEEPING, spares: service.content.spares }, { now, signal: options.signal });
}
