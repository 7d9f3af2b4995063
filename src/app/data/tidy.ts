import { join } from 'node:path';
import { baselineKey } from '../../core/data/baseline.ts';
import { KEEPING } from '../../core/data/copies.ts';
import { roomFor } from '../../core/gc/baselines.ts';
import { readContent, tidy } from '../../data/postgres/index.ts';
import { takeLock } from '../../lib/lock.ts';
import { environmentState } from '../../lib/paths.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { baselineLimit } from './baseline-limit.ts';
import { type LoadedService, loadedService, ownServer } from './server.ts';

/** Drops what nothing leads to any more and makes what the next reset and the next checkout take; one at a time. */
export async function tidyData(options: CommonOptions): Promise<void> {
  const checkout = await openCheckout(options);
  // Not the environment's own: a reset is not to wait for what makes the next ones fast.
  const lock = join(environmentState(checkout.environment.id), 'data.lock');
  await using _lock = await takeLock(lock, { signal: options.signal });
  const opened = await enterEnvironment(checkout, options);
  const service = loadedService(opened.stack);
  await makeReady(opened, service);
  const server = await ownServer(opened.stack, opened.runtime, service, options.signal);
  const { baseline } = await readContent(server);
  const now = new Date().toISOString();
  await tidy(server, baseline, { ...KEEPING, spares: service.content.spares }, { now, signal: options.signal });
}

/** What the next checkout takes, where there is room for it. */
async function makeReady({ stack, runtime }: OpenEnvironment, { name, content }: LoadedService): Promise<void> {
  const { makers, templates } = await runtime.observe(stack);
  const maker = makers[name];
  const key = maker === undefined ? null : baselineKey(content.baseline, maker);
  if (key === null || content.unshared !== null || !templates.includes(key)) return;
  if (roomFor(await runtime.store.templates(), key, baselineLimit())) await runtime.store.makeReady(key);
}
