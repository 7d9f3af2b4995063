import { redo, undo } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { type OwnDatabase, onOwnServer } from './on-own-server.ts';

export interface TakenBack extends OwnDatabase {
  /** The verb that was taken back, or is done again. */
  readonly what: string;
  readonly redis: readonly FollowedKeys[];
}

export function takeBack(which: 'undo' | 'redo', options: CommonOptions): Promise<TakenBack> {
  return onOwnServer(
    options,
    async ({ server, service, keys }) => {
      const act = which === 'undo' ? undo : redo;
      const what = await act(server, { now: new Date().toISOString() });
      return { service: service.name, database: server.live, what, redis: await keys.follow() };
    },
    'begin empty',
  );
}
