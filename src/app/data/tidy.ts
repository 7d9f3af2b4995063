import { join } from 'node:path';
import { baselineKey } from '../../core/data/baseline.ts';
import { KEEPING } from '../../core/data/copies.ts';
import { roomFor } from '../../core/gc/baselines.ts';
import { mend, readContent, readHalfMade, tidy } from '../../data/postgres/index.ts';
import { takeLock } from '../../lib/lock.ts';
import { environmentState } from '../../lib/paths.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { baselineLimit } from './baseline-limit.ts';
import { type Proven, prove } from './on-own-server.ts';

/** Drops what nothing leads to any more and makes what the next reset and the next checkout take; one at a time. */
export async function tidyData(options: CommonOptions): Promise<void> {
  const { signal } = options;
  const checkout = await openCheckout(options);
  // Not the environment's own: a reset is not to wait for what makes the next ones fast.
  const lock = join(environmentState(checkout.environment.id), 'data.lock');
  await using _lock = await takeLock(lock, { signal });
  const proven = await prove(await enterEnvironment(checkout, options), signal);
  await makeReady(proven);
  const { server, service } = proven;
  const leftovers = await leftoversIn(proven, options);
  // An ORM that drops and makes the database anew leaves it without ours: resets go back to the configuration's.
  const baseline = (await readContent(server)).baseline ?? service.content?.baseline ?? null;
  const now = new Date().toISOString();
  await tidy(server, baseline, { ...KEEPING, spares: service.content?.spares ?? 0 }, { now, signal, leftovers });
}

/** With both locks nobody else makes copies: what is half-made now was cut off, and nobody looks at it again. */
async function leftoversIn({ server, opened }: Proven, options: CommonOptions): Promise<readonly string[]> {
  await using _lock = await environmentLock(opened.environment.id, options);
  await mend(server);
  return await readHalfMade(server);
}

/** What the next checkout takes, where there is room for it. */
async function makeReady({ opened: { stack, runtime }, service: { name, content } }: Proven): Promise<void> {
  if (content?.unshared !== null) return;
  const { makers, templates } = await runtime.observe(stack);
  const maker = makers[name];
  const key = maker === undefined ? null : baselineKey(content.baseline, maker);
  if (key === null || !templates.includes(key)) return;
  if (roomFor(await runtime.store.templates(), key, baselineLimit())) await runtime.store.makeReady(key);
}
