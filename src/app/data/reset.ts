import type { Report } from '../../core/execute.ts';
import { type Reset, reset } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { loadAnew } from './load-content.ts';
import { type Chosen, type OwnDatabase, onEach, onOwnServers, type ProvenData, type Results } from './on-own-server.ts';
import { loadedService } from './server.ts';

/** How the live database was put back. */
export interface ResetResult extends Reset, OwnDatabase {
  /** Migrations or seeds had changed, so that it was loaded anew. */
  readonly anew: boolean;
  readonly redis: readonly FollowedKeys[];
}

export interface ResetOptions extends CommonOptions, Chosen {
  /** Rows sent so far, of all, where it has to be loaded anew. */
  readonly progress: (message: string, done: number, total: number) => void;
  /** Bytes copied so far, of all, where no spare is ready. */
  readonly copied?: (done: number, total: number) => void;
  /** Hears of each database as soon as it is reset. */
  readonly done?: (result: ResetResult) => void;
}

/**
 * Back to the baseline, under the environment's lock, one database after the other: each is a swap of its own. What was
 * live is kept for `undo`, under one time, so that it takes back all of them.
 */
export function resetData(options: ResetOptions): Promise<Results<ResetResult>> {
  return onOwnServers(
    options,
    async (all) => {
      for (const { service } of all) loadedService(service);
      const now = new Date().toISOString();
      const each = { signal: options.signal, did: 'reset', done: options.done };
      const say = (proven: ProvenData, message: string) =>
        options.emit({
          type: 'notice',
          level: 'info',
          message: all.length > 1 ? `${proven.service.name}: ${message}` : message,
        });
      const results = await onEach(all, each, (proven) =>
        resetOne(proven, options, { now, say: (message) => say(proven, message) }),
      );
      return { results, several: all.length > 1 };
    },
    'begin empty',
  );
}

async function resetOne(
  { server, service: found, opened, keys }: ProvenData,
  { signal, progress, copied }: ResetOptions,
  { now, say }: { readonly now: string; readonly say: (message: string) => void },
): Promise<ResetResult> {
  const service = loadedService(found);
  const report: Report = (message, done, total) =>
    total === undefined ? say(message) : progress(message, done ?? 0, total);
  const named = { service: service.name, database: server.live };
  const began = performance.now();
  const done = await reset(server, service.content.baseline, { now, say, copied });
  if (done) {
    const redis = await keys.follow(now, 'soon');
    return { ...named, anew: false, redis, ...done, milliseconds: performance.now() - began };
  }
  say('migrations or seeds have changed since this data was loaded: it is loaded anew');
  await loadAnew(opened.stack, service, { server, keys, runtime: opened.runtime }, { report, say, signal, now });
  const redis = keys.names.map((name) => ({ service: name, how: 'anew' as const }));
  return { ...named, anew: true, redis, spare: false, milliseconds: performance.now() - began };
}
