import { MARKS } from '../../../core/data/redis-copies.ts';
import type { RedisConnection } from '../connection.ts';

/** Names of all keys in some of the databases, in parcels of about `count`, none empty; ends in the one with the marks. */
export async function* scan(
  connection: RedisConnection,
  databases: readonly number[],
  count: number,
): AsyncIterable<{ readonly at: number; readonly names: readonly Buffer[] }> {
  for (const at of databases) {
    let cursor = '0';
    do {
      const [, scanned] = await connection.run([
        ['SELECT', String(at)],
        ['SCAN', cursor, 'COUNT', String(count)],
      ]);
      const [next, names] = scanned as [Buffer, readonly Buffer[]];
      cursor = String(next);
      if (names.length > 0) yield { at, names };
    } while (cursor !== '0');
  }
  await connection.run([['SELECT', String(MARKS)]]);
}
