import type { Copy } from '../../core/data/copies.ts';
import { lags, type RedisCopy } from '../../core/data/redis-copies.ts';
import type { KeysCopy, KeysState } from '../../core/data/state.ts';
import { UserError } from '../../core/errors.ts';
import { findService, type Service, type Stack } from '../../core/stack.ts';
import { type KeptKeysOf, listKeptKeys, type PostgresServer, readLives } from '../../data/postgres/index.ts';
import { type Found, liveKeys } from '../../data/redis/copies/index.ts';

/** How its marks are read; null for one that takes no part. It may prove before that the server is ours. */
type ReadMarks = (redis: Service) => Promise<Found | null>;

/** Of each Redis whose keys go with a database. What doesn't answer says so. */
export async function listKeys(
  stack: Stack,
  { content }: Service,
  server: PostgresServer,
  copies: readonly Copy[],
  read: ReadMarks,
): Promise<readonly KeysState[]> {
  const names = content?.redis ?? [];
  if (names.length === 0) return [];
  const [kept, lives] = await Promise.all([listKeptKeys(server), readLives(server)]);
  const life = lives.get(server.live);
  return Promise.all(
    names.map(async (service): Promise<KeysState> => {
      const beside = keptBeside(copies, kept, service);
      try {
        const found = findService(stack, service);
        const marks = found ? await read(found) : null;
        const why = 'it has too few databases for copies';
        if (!marks) return { service, keys: null, why, lags: false, copies: [] };
        const waiting = marks.copies.flatMap((copy) => waits(copy, copies, (one) => lives.get(one.name)?.generation));
        const behind = life !== undefined && lags(life, marks.generation);
        return {
          service,
          keys: liveKeys(marks.sizes),
          why: null,
          lags: behind,
          copies: byAge([...beside, ...waiting]),
        };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { service, keys: null, why: error.message, lags: false, copies: beside };
      }
    }),
  );
}

function keptBeside(copies: readonly Copy[], kept: readonly KeptKeysOf[], service: string): readonly KeysCopy[] {
  return copies.flatMap(({ name, kind, label, created }) => {
    const found = kept.find((one) => one.copy === name && one.service === service);
    return found ? [{ kind, label, created, keys: found.keys }] : [];
  });
}

/** A copy in Redis itself: a spare, or what one of the database's copies for undo and redo goes with. */
function waits(
  { complete, origin, generation, created, keys }: RedisCopy,
  copies: readonly Copy[],
  generationOf: (copy: Copy) => string | undefined,
): readonly KeysCopy[] {
  if (!complete) return [];
  if (origin !== null) return [{ kind: 'spare', label: '', created, keys }];
  const found = copies.find(
    (copy) => (copy.kind === 'undo' || copy.kind === 'redo') && generationOf(copy) === generation,
  );
  return found ? [{ kind: found.kind, label: found.label, created: found.created, keys }] : [];
}

function byAge(copies: readonly KeysCopy[]): readonly KeysCopy[] {
  return [...copies].sort((a, b) => (a.created < b.created ? -1 : a.created > b.created ? 1 : 0));
}
