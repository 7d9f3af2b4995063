import { keepUndo, type PostgresServer, readCopies, readLives, setLife } from '../../data/postgres/index.ts';
import type { FollowedKeys, Keys } from './keys.ts';

/**
 * Brings what goes with a database to the life that it leads, where a command was cut off before it did. What was there
 * instead may have been worked with since: it stays reachable, and that is said. Only under the environment's lock.
 */
export async function mendKeys(keys: Keys, now = new Date().toISOString()): Promise<void> {
  if (keys.isEmpty) return;
  const mocksLed = (await keys.mocks?.live()) ?? null;
  const replaced = (await keys.follow(now)).filter(isReplaced);
  for (const { service } of replaced) {
    const redis = keys.redis.find(({ name }) => name === service);
    const led = redis ? await redis.lifeLedUntil(now) : mocksLed;
    const where =
      led === null ? 'nothing was there' : `what was there goes with ${await wayBack(keys.server, led, now)}`;
    keys.say(`${service}: a command was cut off before it followed the database: now it has; ${where}`);
  }
}

function isReplaced({ how }: FollowedKeys): boolean {
  return how === 'swapped' || how === 'loaded' || how === 'emptied';
}

/** Where nothing leads to it, a copy of the database is made that does: else it would be tidied away. */
async function wayBack(server: PostgresServer, generation: string, now: string): Promise<string> {
  const [copies, lives] = await Promise.all([readCopies(server), readLives(server)]);
  const found = copies.find(
    ({ name, kind }) => (kind === 'undo' || kind === 'redo') && lives.get(name)?.generation === generation,
  );
  if (found) {
    const later = copies.filter(({ kind, created }) => kind === found.kind && created > found.created).length;
    return later === 0 ? `devenv ${found.kind}` : `devenv ${found.kind}, ${later + 1} steps away`;
  }
  await setLife(server, { generation, origin: '' }, await keepUndo(server, 'mend', { now }));
  return 'devenv undo';
}
