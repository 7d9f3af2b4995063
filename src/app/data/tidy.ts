import { join } from 'node:path';
import { baselineKey } from '../../core/data/baseline.ts';
import { KEEPING } from '../../core/data/copies.ts';
import type { KeptLives } from '../../core/data/redis-copies.ts';
import { UserError } from '../../core/errors.ts';
import { roomFor } from '../../core/gc/baselines.ts';
import {
  dropKeptKeys,
  mend,
  type PostgresServer,
  readContent,
  readCopies,
  readHalfMade,
  readLives,
  tidy,
} from '../../data/postgres/index.ts';
import { takeLock } from '../../lib/lock.ts';
import { environmentState } from '../../lib/paths.ts';
import { readRecord } from '../../state/records.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { baselineLimit } from './baseline-limit.ts';
import { databaseServices } from './database-service.ts';
import { TAKEN_BACK } from './load-content.ts';
import { mendKeys } from './mend-keys.ts';
import { observeCutOff } from './observe-content.ts';
import { type Chosen, type Proven, type ProvenData, proveData } from './on-own-server.ts';

export interface TidyOptions extends CommonOptions, Chosen {
  /** Nobody hears what is said: so what a command that was cut off has left is for the next one to mend. */
  readonly unheard?: boolean;
}

/** Drops what nothing leads to any more and makes what the next reset and the next checkout take; one at a time. */
export async function tidyData(options: TidyOptions): Promise<void> {
  const { signal } = options;
  const checkout = await openCheckout(options);
  // Begun in the background, it may come after the end: taking the lock would make the environment's folder again.
  if (!(await readRecord(checkout.environment.id))) {
    throw new UserError('nothing of this environment is there', { hints: ['devenv up starts it.'] });
  }
  // Not the environment's own: a reset is not to wait for what makes the next ones fast.
  const lock = join(environmentState(checkout.environment.id), 'data.lock');
  await using _lock = await takeLock(lock, { signal });
  const opened = await enterEnvironment(checkout, options);
  const services = databaseServices(opened.stack, options.services);
  const failures: unknown[] = [];
  for (const service of services) {
    try {
      for (const proven of await proveData(opened, [service], options)) await tidyOne(proven, options);
    } catch (error) {
      // One that doesn't run keeps nothing from the others.
      signal.throwIfAborted();
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function tidyOne(proven: ProvenData, options: TidyOptions): Promise<void> {
  const { signal } = options;
  await proven.keys.age();
  await makeReady(proven);
  const { server, service, keys } = proven;
  const baseline = await baselineToKeep(server, service.content?.baseline ?? null);
  const leftovers = await leftoversIn(proven, baseline, options);
  if (leftovers === null) return;
  const now = new Date().toISOString();
  await tidy(server, baseline, { ...KEEPING, spares: service.content?.spares ?? 0 }, { now, signal, leftovers });
  const lives = await livesOf(proven, baseline);
  await Promise.all(keys.redis.map((redis) => redis.makeSpares(lives, now)));
}

/**
 * What resets go back to: what the configuration says, also while an undo has brought something older back; else what was
 * loaded, whose definition has changed since. An ORM that drops and makes the database anew leaves it without a mark.
 */
async function baselineToKeep(server: PostgresServer, wanted: string | null): Promise<string | null> {
  const copies = await readCopies(server);
  if (copies.some(({ kind, baseline }) => kind === 'baseline' && baseline === wanted)) return wanted;
  return (await readContent(server)).baseline ?? wanted;
}

/** With both locks nobody else makes copies: what is half-made now was cut off, and nobody looks at it again. Null: not yet. */
async function leftoversIn(
  proven: ProvenData,
  baseline: string | null,
  options: TidyOptions,
): Promise<readonly string[] | null> {
  const { server, service, opened, keys } = proven;
  await using _lock = await environmentLock(opened.environment.id, options);
  if (options.unheard && (await observeCutOff(opened.stack, service, server, options.signal))) return null;
  if ((await mend(server)) !== null) keys.say(`${service.name}: ${TAKEN_BACK}`);
  await mendKeys(keys);
  if (!keys.isEmpty) {
    const copies = await readCopies(server);
    await dropKeptKeys(
      server,
      copies.map(({ name }) => name),
    );
    const lives = await livesOf(proven, baseline);
    for (const one of keys.followers) await one.dropOutdated(lives);
  }
  return await readHalfMade(server);
}

/** Which keys something leads to: those of what can be taken back or done again, and of the baseline. */
async function livesOf({ server, service }: Proven, hash: string | null): Promise<KeptLives> {
  const [copies, lives] = await Promise.all([readCopies(server), readLives(server)]);
  const back = copies.filter(({ kind }) => kind === 'undo' || kind === 'redo');
  return {
    generations: new Set(back.flatMap(({ name }) => lives.get(name)?.generation ?? [])),
    baseline: copies.find(({ kind, baseline }) => kind === 'baseline' && baseline === hash)?.name ?? null,
    spares: service.content?.spares ?? 0,
  };
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
