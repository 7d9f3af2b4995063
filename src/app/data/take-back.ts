import { lastTogether, latest } from '../../core/data/copies.ts';
import { UserError } from '../../core/errors.ts';
import { readCopies, redo, undo } from '../../data/postgres/index.ts';
import type { CommonOptions } from '../options.ts';
import type { FollowedKeys } from './keys.ts';
import { type Chosen, type OwnDatabase, onEach, onOwnServers, type ProvenData, type Results } from './on-own-server.ts';

export interface TakenBack extends OwnDatabase {
  /** The verb that was taken back, or is done again. */
  readonly what: string;
  readonly redis: readonly FollowedKeys[];
}

export interface TakeBackOptions extends CommonOptions, Chosen {
  /** Hears of each database as soon as it is taken back. */
  readonly done?: (result: TakenBack) => void;
}

/** Takes the last action back, on every database that it was on; what was done to others before stays. */
export function takeBack(which: 'undo' | 'redo', options: TakeBackOptions): Promise<Results<TakenBack>> {
  return onOwnServers(
    options,
    async (all) => {
      // Under one time, so that what follows finds them together too.
      const now = new Date().toISOString();
      const act = which === 'undo' ? undo : redo;
      const each = { signal: options.signal, did: which === 'undo' ? 'undone' : 'redone', done: options.done };
      const results = await onEach(await lastOf(all, which), each, async ({ server, service, keys, takenBack }) => {
        // That was the last action of all: the one before it stays.
        if (which === 'undo' && takenBack !== null) {
          return { service: service.name, database: server.live, what: 'reset', redis: [] };
        }
        const what = await act(server, { now });
        return { service: service.name, database: server.live, what, redis: await keys.follow() };
      });
      return { results, several: all.length > 1 };
    },
    'begin empty',
  );
}

async function lastOf(all: readonly ProvenData[], which: 'undo' | 'redo'): Promise<readonly ProvenData[]> {
  const cutOff = which === 'undo' ? all.filter(({ takenBack }) => takenBack !== null) : [];
  if (cutOff.length > 0) return withOthersOf(cutOff, all);
  // Of the only one its own words say what there is.
  if (all.length === 1) return all;
  const found = lastTogether(
    await Promise.all(all.map(async (of) => ({ of, copies: await readCopies(of.server) }))),
    which,
  );
  if (found.length > 0) return found;
  const names = all.map(({ service }) => service.name).join(' or ');
  throw new UserError(`there is nothing to ${which} in ${names}`, { code: 'refused' });
}

/** Those that a reset had already been on when it was cut off: they bear its time. */
async function withOthersOf(cutOff: readonly ProvenData[], all: readonly ProvenData[]): Promise<readonly ProvenData[]> {
  const times = new Set(cutOff.map(({ takenBack }) => takenBack));
  const isPart = await Promise.all(
    all.map(async (one) => {
      if (one.takenBack !== null) return true;
      return times.has(latest(await readCopies(one.server), 'undo')?.created ?? '');
    }),
  );
  return all.filter((_, index) => isPart[index]);
}
