import type { Copy, CopyKind } from '../../core/data/copies.ts';
import type { RedisCopy } from '../../core/data/redis-copies.ts';
import { UserError } from '../../core/errors.ts';
import { findService } from '../../core/stack.ts';
import { type KeptKeysOf, listKeptKeys, readLives } from '../../data/postgres/index.ts';
import { liveKeys, readMarks } from '../../data/redis/copies/index.ts';
import type { Proven } from './on-own-server.ts';
import { ownRedis } from './redis-server.ts';

/** A Redis whose keys go with the database, and what is kept of them. */
export interface KeysState {
  readonly service: string;
  /** How many keys are live; null where it can't be asked, or takes no part. */
  readonly keys: number | null;
  /** Why not. */
  readonly why: string | null;
  readonly copies: readonly KeysCopy[];
}

export interface KeysCopy {
  readonly kind: CopyKind;
  /** As the database's copy has it. */
  readonly label: string;
  readonly created: string;
  readonly keys: number;
}

export async function listKeys(
  proven: Proven,
  copies: readonly Copy[],
  signal: AbortSignal,
): Promise<readonly KeysState[]> {
  const { service, server, opened } = proven;
  const names = service.content?.redis ?? [];
  if (names.length === 0) return [];
  const [kept, lives] = await Promise.all([listKeptKeys(server), readLives(server)]);
  return Promise.all(
    names.map(async (name): Promise<KeysState> => {
      const beside = keptBeside(copies, kept, name);
      try {
        const found = findService(opened.stack, name);
        const redis = found && (await ownRedis(opened.stack, opened.runtime, found, signal));
        const marks = await redis?.within(readMarks);
        if (!marks) return { service: name, keys: null, why: 'it has too few databases for copies', copies: [] };
        const waiting = marks.copies.flatMap((copy) => waits(copy, copies, (one) => lives.get(one.name)?.generation));
        return { service: name, keys: liveKeys(marks.sizes), why: null, copies: byAge([...beside, ...waiting]) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { service: name, keys: null, why: error.message, copies: beside };
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
