import { type KeptLives, missingKeySpares, outdatedKeys } from '../../../core/data/redis-copies.ts';
import type { RedisConnection } from '../connection.ts';
import type { FollowOptions } from './follow.ts';
import { makeSpare } from './make.ts';
import { dropKeys, readMarks } from './marks.ts';

/**
 * Drops what nothing leads to any more, half-made copies included. Only under the environment's lock and the one of
 * tidying: what is being made looks the same.
 */
export async function dropOutdated(connection: RedisConnection, lives: KeptLives): Promise<void> {
  const found = await readMarks(connection);
  if (!found) return;
  for (const copy of outdatedKeys(found, lives)) await dropKeys(connection, copy);
}

/** Makes the copies that the next resets take. It may be ended at any moment. */
export async function makeSpares(
  connection: RedisConnection,
  lives: KeptLives,
  { kept, now, signal }: FollowOptions,
): Promise<void> {
  const found = await readMarks(connection);
  const { baseline } = lives;
  if (!found || baseline === null) return;
  for (let missing = missingKeySpares(found, lives); missing > 0 && !signal.aborted; missing -= 1) {
    const keys = await kept(baseline);
    if (!keys) return;
    const spare = { id: `spare${missing} ${now}`, origin: baseline, databases: keys.databases, now, signal };
    if (!(await keys.read((parcels) => makeSpare(connection, parcels, spare, { mayDrop: false })))) return;
  }
}
