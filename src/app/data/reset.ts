import type { Report } from '../../core/execute.ts';
import { type Reset, reset } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { loadAnew } from './load-content.ts';
import { type OwnDatabase, onOwnServer } from './on-own-server.ts';
import { loadedService } from './server.ts';

/** How the live database was put back. */
export interface ResetResult extends Reset, OwnDatabase {
  /** Migrations or seeds had changed, so that it was loaded anew. */
  readonly anew: boolean;
  readonly redis: readonly FollowedKeys[];
}

export interface ResetOptions extends CommonOptions {
  /** Rows sent so far, of all, where it has to be loaded anew. */
  readonly progress: (message: string, done: number, total: number) => void;
  /** Bytes copied so far, of all, where no spare is ready. */
  readonly copied?: (done: number, total: number) => void;
}

/** Back to the baseline, under the environment's lock. What was live is kept for `undo`. */
export function resetData(options: ResetOptions): Promise<ResetResult> {
  return onOwnServer(
    options,
    async ({ server, opened, keys }) => {
      const service = loadedService(opened.stack);
      const { emit, signal, progress, copied } = options;
      const say = (message: string) => emit({ type: 'notice', level: 'info', message });
      const report: Report = (message, done, total) =>
        total === undefined ? say(message) : progress(message, done ?? 0, total);
      const now = new Date().toISOString();
      const named = { service: service.name, database: server.live };
      const began = performance.now();
      const done = await reset(server, service.content.baseline, { now, say, copied });
      if (done) {
        const redis = await keys.follow(now, 'soon');
        return { ...named, anew: false, redis, ...done, milliseconds: performance.now() - began };
      }
      say('migrations or seeds have changed since this data was loaded: it is loaded anew');
      await loadAnew(opened.stack, service, { server, keys, runtime: opened.runtime }, { report, say, signal, now });
      return { ...named, anew: true, redis: [], spare: false, milliseconds: performance.now() - began };
    },
    'begin empty',
  );
}
