import { APP_DATABASES, MARKS, type RedisCopy, type RedisMarks } from '../../../core/data/redis-copies.ts';
import type { RedisConnection } from '../connection.ts';
import { fieldOf, HASH, idOf, LIVE_LIFETIMES, lifetimesOf } from './scripts.ts';

export interface Found extends RedisMarks {
  /** No key in any of the app's databases. */
  readonly isEmpty: boolean;
  /** Keys have become live that live for a time, and don't age yet. */
  readonly hasAgeless: boolean;
  /** Keys by database, devenv's own included. */
  readonly sizes: ReadonlyMap<number, number>;
}

/** Goes to the database with the marks, and stays there; null where this Redis has none of that number. */
export async function readMarks(connection: RedisConnection): Promise<Found | null> {
  try {
    await connection.run([['SELECT', String(MARKS)]]);
  } catch (error) {
    if (/out of range|not allowed in cluster/i.test(String(error))) return null;
    throw error;
  }
  const [hash, lifetimes, info] = await connection.run([
    ['HGETALL', HASH],
    ['LLEN', LIVE_LIFETIMES],
    ['INFO', 'keyspace'],
  ]);
  const fields = fieldsOf(hash);
  const sizes = new Map(
    [...String(info).matchAll(/^db(\d+):keys=(\d+)/gm)].map(([, database, keys]) => [Number(database), Number(keys)]),
  );
  return {
    environment: fields.get('environment') ?? null,
    generation: fields.get('generation') ?? null,
    copies: [...fields].flatMap(([field, value]) => copyOf(field, value)),
    isEmpty: liveKeys(sizes) === 0,
    hasAgeless: Number(lifetimes) > 0,
    sizes,
  };
}

/** Keys in all databases of the app. */
export function liveKeys(sizes: ReadonlyMap<number, number>): number {
  return [...sizes].reduce((sum, [database, keys]) => (database < APP_DATABASES ? sum + keys : sum), 0);
}

export async function setMark(
  connection: RedisConnection,
  mark: 'environment' | 'generation',
  value: string,
): Promise<void> {
  await connection.run([
    ['SELECT', String(MARKS)],
    ['HSET', HASH, mark, value],
  ]);
}

/** The record of a copy, without its id. */
export function recordOf({ id: _id, ...record }: RedisCopy): string {
  return JSON.stringify(record);
}

/** The record first: what has none is nobody's, and flushed before it is used. */
export async function dropKeys(connection: RedisConnection, { id, slots }: RedisCopy): Promise<void> {
  await connection.run([
    ['MULTI'],
    ['HDEL', HASH, fieldOf(id)],
    ['DEL', lifetimesOf(id)],
    ...Object.values(slots).flatMap((slot) => [
      ['SELECT', String(slot)],
      ['FLUSHDB', 'ASYNC'],
    ]),
    ['SELECT', String(MARKS)],
    ['EXEC'],
  ]);
}

/** Takes all keys of the app away, and the mark that says whose they were. */
export async function emptyKeys(connection: RedisConnection): Promise<void> {
  const databases = Array.from({ length: APP_DATABASES }, (_, database) => String(database));
  await connection.run([
    ['MULTI'],
    ...databases.flatMap((database) => [
      ['SELECT', database],
      ['FLUSHDB', 'ASYNC'],
    ]),
    ['SELECT', String(MARKS)],
    ['HDEL', HASH, 'generation'],
    ['EXEC'],
  ]);
}

function fieldsOf(reply: unknown): ReadonlyMap<string, string> {
  const words = reply as readonly unknown[];
  const fields = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) fields.set(String(words[at]), String(words[at + 1]));
  return fields;
}

function copyOf(field: string, value: string): readonly RedisCopy[] {
  const id = idOf(field);
  return id === null ? [] : [{ ...(JSON.parse(value) as Omit<RedisCopy, 'id'>), id }];
}
