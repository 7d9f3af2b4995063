import { KeyDiff, type KeysChange } from '../../../core/data/key-diff.ts';
import { APP_DATABASES, type RedisCopy } from '../../../core/data/redis-copies.ts';
import type { RedisConnection } from '../connection.ts';
import { digests } from './digests.ts';
import type { KeptKeys } from './follow.ts';
import { makeSpare } from './make.ts';
import { dropKeys } from './marks.ts';

/**
 * How keys that are kept differ from others that are, or with null from the live ones. Kept ones are put into free slots
 * for as long as that takes; null where there is no room for them.
 */
export async function compareKeys(
  connection: RedisConnection,
  [before, after]: readonly [KeptKeys, KeptKeys | null],
  { now, signal }: { readonly now: string; readonly signal: AbortSignal },
): Promise<readonly KeysChange[] | null> {
  const diff = new KeyDiff();
  const within = async (kept: KeptKeys, id: string, use: (copy: RedisCopy) => Promise<void>): Promise<boolean> => {
    const { databases } = kept;
    const spare = { id: `diff ${id}`, origin: '', databases, now, signal };
    const copy = await kept.read((parcels) => makeSpare(connection, parcels, spare, { mayDrop: false }));
    if (!copy) return false;
    try {
      await use(copy);
    } finally {
      await dropKeys(connection, copy);
    }
    return true;
  };
  const inSlots = ({ slots }: RedisCopy) =>
    digests(
      connection,
      Object.entries(slots).map(([from, at]) => ({ from: Number(from), at })),
    );
  const live = Array.from({ length: APP_DATABASES }, (_, database) => ({ from: database, at: database }));
  const first = await within(before, 'before', async (copy) => {
    for await (const key of inSlots(copy)) diff.before(key);
  });
  if (!first) return null;
  if (after === null) {
    for await (const key of digests(connection, live)) diff.after(key);
    return diff.end();
  }
  const second = await within(after, 'after', async (copy) => {
    for await (const key of inSlots(copy)) diff.after(key);
  });
  return second ? diff.end() : null;
}
