import { type Command, type RedisEntry, writesOf } from '../../src/data/redis/entry.ts';

/** What a client would send for a key, with how long it lives. */
export function commandsOf(entry: RedisEntry): readonly Command[] {
  const writes = [...writesOf(entry)];
  if (writes.length === 0 || entry.ttl === null) return writes;
  return [...writes, ['PEXPIRE', entry.key, String(entry.ttl)]];
}
