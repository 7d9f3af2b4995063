import { APP_DATABASES, followBy, type Life, type RedisCopy, type RedisStep } from '../../../core/data/redis-copies.ts';
import { UserError } from '../../../core/errors.ts';
import type { RedisConnection } from '../connection.ts';
import { makeSpare, withRoom } from './make.ts';
import { type Found, readMarks, setMark } from './marks.ts';
import { AGE, FAR, SOON, SWAP } from './scripts.ts';
import { evaluate, type KeyParcel } from './server.ts';

/** Keys that Postgres keeps beside one of its copies. */
export interface KeptKeys {
  readonly databases: readonly number[];
  read<T>(use: (parcels: AsyncIterable<KeyParcel>) => Promise<T>): Promise<T>;
}

export interface FollowOptions {
  /** Null where nothing is kept beside that copy, as beside those from before there was a Redis. */
  readonly kept: (origin: string) => Promise<KeptKeys | null>;
  /** ISO 8601. */
  readonly now: string;
  /** `soon`: somebody else sees to it that the keys which have long to live begin to age, right after. */
  readonly aging: 'all' | 'soon';
  readonly signal: AbortSignal;
}

/** How the keys came to follow: `swapped` with a copy that waited, `loaded` before the swap, or they were to stay. */
export type Followed = 'as it was' | 'swapped' | 'loaded' | 'emptied' | 'lost' | 'adopted';

/** Emptied by somebody in between, marks and all: then what is there is what is wanted. */
const TRIES = 3;

/** Brings the keys of a Redis to the life that its database leads. It may be called at any time, and be cut off. */
export async function follow(
  connection: RedisConnection,
  wanted: Life & { readonly generation: string },
  options: FollowOptions,
): Promise<Followed> {
  for (let left = TRIES; left > 0; left -= 1) {
    const found = await readMarks(connection);
    if (!found) return 'as it was';
    // Where that was cut off; afterwards these keys may be live no more.
    if (found.hasAgeless) await age(connection, 'all');
    const done = await take(followBy(wanted, found, found.isEmpty), { connection, found, wanted, ...options });
    if (done === 'swapped' || done === 'loaded') await age(connection, options.aging);
    if (done !== null) return done;
  }
  throw new UserError('the keys of Redis are being removed all the time, while its databases are swapped', {
    code: 'refused',
    hints: ['Let what runs FLUSHALL or FLUSHDB end, then run this again.'],
  });
}

/** Lets keys that a swap has made live begin to age. Any number at once may do so. */
export async function age(connection: RedisConnection, which: FollowOptions['aging']): Promise<void> {
  const limit = String(which === 'all' ? FAR : SOON);
  while ((await evaluate(connection, AGE, [limit])) === 1);
}

interface Taking extends FollowOptions {
  readonly connection: RedisConnection;
  readonly found: Found;
  readonly wanted: { readonly generation: string };
}

/** Null: what was to be swapped in is gone. */
async function take(step: RedisStep, taking: Taking): Promise<Followed | null> {
  const { connection, wanted, kept, now, signal } = taking;
  switch (step.do) {
    case 'nothing':
      return 'as it was';
    case 'adopt':
      await setMark(connection, 'generation', wanted.generation);
      return step.lost ? 'lost' : 'adopted';
    case 'swap':
      return (await swap(step.copy, taking)) ? 'swapped' : null;
    case 'empty':
      return (await swap(null, taking)) ? 'emptied' : null;
    case 'load': {
      const { origin } = step;
      const keys = await kept(origin);
      if (!keys) return take({ do: 'adopt', lost: true }, taking);
      const spare = { id: `load${wanted.generation}`, origin, databases: keys.databases, now, signal };
      const copy = await keys.read((parcels) => makeSpare(connection, parcels, spare, { mayDrop: true }));
      return copy && (await swap(copy, taking)) ? 'loaded' : null;
    }
    default:
      return step satisfies never;
  }
}

async function swap(copy: RedisCopy | null, { connection, found, wanted, now }: Taking): Promise<boolean> {
  const old = found.generation;
  const slots = Array.from({ length: APP_DATABASES }, (_, database) => String(copy?.slots[database] ?? 0));
  // Of no life: nothing could lead back to it.
  const kept = old === null ? '' : `life${old}`;
  const words = [copy?.id ?? '', ...slots, kept, old ?? '', wanted.generation, now];
  const done = await withRoom(connection, copy?.id ?? null, (free) => evaluate(connection, SWAP, [...words, ...free]));
  return done === 1;
}
