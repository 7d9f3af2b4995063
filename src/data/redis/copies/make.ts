import { firstToGo, freeSlots, MARKS, type RedisCopy } from '../../../core/data/redis-copies.ts';
import { UserError } from '../../../core/errors.ts';
import type { RedisConnection } from '../connection.ts';
import { dropKeys, readMarks, recordOf } from './marks.ts';
import { scan } from './scan.ts';
import { DUMP, DUPLICATE, fieldOf, HASH, lifetimesOf, RESTORE, SETTLE } from './scripts.ts';
import { evaluate, type KeptKey, type KeyParcel } from './server.ts';

/** How many keys, and bytes of them, are read or written at once. */
const KEYS = 1_000;
const BYTES = 4_000_000;

/** Keeps what is live under its generation, in slots; others go where there is no room. Gives the copy. */
export async function duplicate(
  connection: RedisConnection,
  { id, generation, now }: { readonly id: string; readonly generation: string; readonly now: string },
): Promise<RedisCopy> {
  await withRoom(connection, null, (slots) => evaluate(connection, DUPLICATE, [id, generation, now, ...slots]));
  const copy = (await readMarks(connection))?.copies.find((one) => one.id === id);
  if (copy) return copy;
  throw new UserError('the copy of its keys is gone: somebody has emptied all of its databases', { code: 'refused' });
}

/** Runs what answers -n where it lacks n free slots, again and again with more of them. */
export async function withRoom(
  connection: RedisConnection,
  needed: string | null,
  act: (slots: readonly string[]) => Promise<unknown>,
): Promise<number> {
  for (;;) {
    const found = await readMarks(connection);
    if (!found) throw new Error('the databases for copies were there before');
    const answer = Number(await act(freeSlots(found).map(String)));
    if (answer >= 0) return answer;
    const oldest = firstToGo(found, needed);
    if (!oldest) throw new Error(`there is no room for ${-answer} databases, though nothing else is kept`);
    await dropKeys(connection, oldest);
  }
}

/** Reads the keys of a copy, in parcels. */
export async function* readKeys(connection: RedisConnection, { slots }: RedisCopy): AsyncIterable<KeyParcel> {
  const databases = new Map(Object.entries(slots).map(([database, slot]) => [slot, Number(database)]));
  for await (const { at, names } of scan(connection, [...databases.keys()], KEYS)) {
    yield { database: databases.get(at) as number, keys: await dumped(connection, at, names) };
  }
}

async function dumped(
  connection: RedisConnection,
  slot: number,
  names: readonly Buffer[],
): Promise<readonly KeptKey[]> {
  const reply = (await evaluate(connection, DUMP, [String(slot), ...names])) as readonly (Buffer | number)[];
  return names.flatMap((key, index) => {
    const payload = reply[2 * index + 1] as Buffer;
    // It has ended since it was listed.
    if (payload.length === 0) return [];
    return [{ key, ttl: Math.max(0, Number(reply[2 * index])), payload }];
  });
}

export interface SpareOptions {
  readonly id: string;
  /** Name of the copy in Postgres that the keys are of. */
  readonly origin: string;
  /** Databases of the app that it has keys of. */
  readonly databases: readonly number[];
  readonly now: string;
  readonly signal: AbortSignal;
}

/**
 * Fills slots with keys that Postgres keeps. Null where that came to nothing, because somebody has emptied all databases
 * or needed the room; `mayDrop`: others go where there is none.
 */
export async function makeSpare(
  connection: RedisConnection,
  parcels: AsyncIterable<KeyParcel>,
  { id, origin, databases, now, signal }: SpareOptions,
  { mayDrop }: { readonly mayDrop: boolean },
): Promise<RedisCopy | null> {
  const reserve = async (free: readonly string[]): Promise<number> => {
    if (free.length < databases.length) return mayDrop ? free.length - databases.length : 0;
    const slots = Object.fromEntries(databases.map((database, index) => [String(database), Number(free[index])]));
    const copy = { id, generation: null, origin, slots, keys: 0, created: now, complete: false };
    const flushes = Object.values(slots).flatMap((slot) => [
      ['SELECT', String(slot)],
      ['FLUSHDB', 'ASYNC'],
    ]);
    await connection.run([
      ['MULTI'],
      ...flushes,
      ['SELECT', String(MARKS)],
      // Of an attempt that was cut off.
      ['DEL', lifetimesOf(id)],
      ['HSET', HASH, fieldOf(id), recordOf(copy)],
      ['EXEC'],
    ]);
    return 1;
  };
  if ((await withRoom(connection, null, reserve)) === 0) return null;
  const reserved = (await readMarks(connection))?.copies.find((one) => one.id === id);
  if (!reserved) return null;
  let keys = 0;
  for await (const parcel of parcels) {
    signal.throwIfAborted();
    if (!(await restore(connection, reserved, parcel))) return null;
    keys += parcel.keys.length;
  }
  const whole = { ...reserved, keys, complete: true };
  return (await evaluate(connection, SETTLE, [id, recordOf(whole)])) === 1 ? whole : null;
}

async function restore(connection: RedisConnection, { id, slots }: RedisCopy, { database, keys }: KeyParcel) {
  for (const part of parts(keys)) {
    const words = part.flatMap(({ key, ttl, payload }) => [key, String(ttl), payload]);
    const slot = String(slots[database]);
    if ((await evaluate(connection, RESTORE, [id, String(database), slot, ...words])) !== 1) return false;
  }
  return true;
}

/** No more in one script than keeps others waiting for a moment. */
function* parts(keys: readonly KeptKey[]): Iterable<readonly KeptKey[]> {
  let part: KeptKey[] = [];
  let bytes = 0;
  for (const key of keys) {
    if (part.length > 0 && bytes + key.payload.length > BYTES) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(key);
    bytes += key.payload.length;
  }
  if (part.length > 0) yield part;
}
