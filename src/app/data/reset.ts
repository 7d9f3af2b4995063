import { join } from 'node:path';
import { type Copy, KEEPING, type Keeping, resetBy } from '../../core/data/copies.ts';
import type { Content } from '../../core/stack.ts';
import {
  type PostgresServer,
  type Reset,
  readContent,
  readCopies,
  redo,
  removeSnapshot,
  reset,
  restoreSnapshot,
  saveSnapshot,
  tidy,
  undo,
} from '../../data/postgres/index.ts';
import { takeLock } from '../../lib/lock.ts';
import { environmentState } from '../../lib/paths.ts';
import { environmentLock } from '../environment-lock.ts';
import { enterEnvironment, type OpenEnvironment, openCheckout } from '../open.ts';
import type { CommonOptions } from '../options.ts';
import { loadAnew } from './load-content.ts';
import { type LoadedService, loadedService, ownServer } from './server.ts';

/** How the live database was put back. */
export interface ResetResult extends Reset {
  readonly service: string;
  readonly database: string;
  /** Migrations or seeds had changed, so that it was loaded anew. */
  readonly anew: boolean;
}

/** Back to the baseline, under the environment's lock. What was live is kept for `undo`. */
export function resetData(options: CommonOptions): Promise<ResetResult> {
  return onOwnServer(options, async (server, service, opened) => {
    const { emit, signal } = options;
    const say = (message: string) => emit({ type: 'notice', level: 'info', message });
    const now = new Date().toISOString();
    const found = resetBy(await readCopies(server), service.content.baseline);
    const named = { service: service.name, database: server.live };
    if (found) return { ...named, anew: false, ...(await reset(server, service.content.baseline, { now, say })) };
    say('migrations or seeds have changed since this data was loaded: it is loaded anew');
    const began = performance.now();
    await loadAnew(opened.stack, opened.runtime, service, server, { report: say, signal, now });
    return { ...named, anew: true, spare: false, milliseconds: performance.now() - began };
  });
}

export interface TakenBack {
  readonly service: string;
  readonly database: string;
  /** The verb that was taken back. */
  readonly what: string;
}

export function takeBack(which: 'undo' | 'redo', options: CommonOptions): Promise<TakenBack> {
  return onOwnServer(options, async (server, { name }) => {
    const act = which === 'undo' ? undo : redo;
    return { service: name, database: server.live, what: await act(server, { now: new Date().toISOString() }) };
  });
}

export interface SnapshotResult {
  readonly service: string;
  readonly database: string;
  readonly name: string;
}

/** Saves what is live under a name, restores it, or removes it. */
export function actOnSnapshot(
  action: 'save' | 'restore' | 'rm',
  name: string,
  options: CommonOptions,
): Promise<SnapshotResult> {
  return onOwnServer(options, async (server, service) => {
    const when = { now: new Date().toISOString() };
    if (action === 'save') await saveSnapshot(server, name, when);
    else if (action === 'restore') await restoreSnapshot(server, name, when);
    else await removeSnapshot(server, name);
    return { service: service.name, database: server.live, name };
  });
}

export interface DataState {
  readonly service: string;
  readonly database: string;
  readonly copies: readonly Copy[];
}

export async function listData(options: CommonOptions): Promise<DataState> {
  const opened = await enterEnvironment(await openCheckout(options), options);
  const service = loadedService(opened.stack);
  const server = await ownServer(opened.stack, opened.runtime, service, options.signal);
  return { service: service.name, database: server.live, copies: await readCopies(server) };
}

/** Drops what nothing leads to any more and makes the spares that are missing; one at a time of these. */
export async function tidyData(options: CommonOptions): Promise<void> {
  const { environment } = await openCheckout(options);
  await using _lock = await takeLock(join(environmentState(environment.id), 'data.lock'), { signal: options.signal });
  const opened = await enterEnvironment(await openCheckout(options), options);
  const service = loadedService(opened.stack);
  const server = await ownServer(opened.stack, opened.runtime, service, options.signal);
  const { baseline } = await readContent(server);
  const now = new Date().toISOString();
  await tidy(server, baseline, keepingOf(service.content), { now, signal: options.signal });
}

function keepingOf({ spares }: Content): Keeping {
  return { ...KEEPING, spares };
}

async function onOwnServer<T>(
  options: CommonOptions,
  act: (server: PostgresServer, service: LoadedService, opened: OpenEnvironment) => Promise<T>,
): Promise<T> {
  const checkout = await openCheckout(options);
  await using _lock = await environmentLock(checkout.environment.id, options);
  const opened = await enterEnvironment(checkout, options);
  const service = loadedService(opened.stack);
  return act(await ownServer(opened.stack, opened.runtime, service, options.signal), service, opened);
}
