import type { ObservedContent } from '../observed.ts';
import { type Copy, type CopyKind, resetBy } from './copies.ts';

/** A database of an environment and its copies, as displays are told of them. */
export interface DatabaseState {
  readonly service: string;
  readonly database: string;
  /** Of those that reset, undo and snapshots are about, where none is named. */
  readonly usual: boolean;
  /** Why nothing can be told of it at the moment; null where it answers. */
  readonly why: string | null;
  /** Null where there is no such database, as in the moment of a swap. */
  readonly sizeBytes: number | null;
  readonly content: ObservedContent['state'] | null;
  /** Hash of what its migrations and seeds make now; null where the configuration has none. */
  readonly baseline: string | null;
  /** What of them is no longer as it was when the data was loaded; null where nothing is. */
  readonly changed: string | null;
  /** How many copies of the baseline are to wait for a reset. */
  readonly spares: number;
  readonly copies: readonly Copy[];
  /** Redis services whose keys go with it. */
  readonly redis: readonly KeysState[];
}

/** A Redis whose keys go with a database, and what is kept of them. */
export interface KeysState {
  readonly service: string;
  /** How many keys are live; null where it can't be asked, or takes no part. */
  readonly keys: number | null;
  /** Why not. */
  readonly why: string | null;
  /** Its keys are not of what is live in the database: the next command mends that. */
  readonly lags: boolean;
  readonly copies: readonly KeysCopy[];
}

export interface KeysCopy {
  readonly kind: CopyKind;
  /** As the database's copy has it. */
  readonly label: string;
  readonly created: string;
  readonly keys: number;
}

/** A state that the database can be in, is in, or was in. */
export type Moment =
  | { readonly kind: 'live'; readonly database: string; readonly sizeBytes: number | null }
  | {
      readonly kind: 'redo' | 'undo';
      readonly copy: Copy;
      /** How many steps away: 1 is the next one. */
      readonly steps: number;
    }
  | { readonly kind: 'snapshot'; readonly copy: Copy }
  | {
      readonly kind: 'baseline';
      readonly copy: Copy;
      /** It is what migrations and seeds make now. */
      readonly current: boolean;
    };

/**
 * From the newest to the oldest: what can be done again lies ahead of what is live, the next one nearest to it; what can
 * be gone back to lies behind it, by age. Spares are no states of their own.
 */
export function timeLine({ database, sizeBytes, copies, baseline }: DatabaseState): readonly Moment[] {
  const newestFirst = [...copies].sort((a, b) => (a.created < b.created ? 1 : a.created > b.created ? -1 : 0));
  const ring = (kind: 'redo' | 'undo'): readonly Moment[] =>
    newestFirst.filter((copy) => copy.kind === kind).map((copy, index) => ({ kind, copy, steps: index + 1 }));
  const undos = ring('undo');
  const past = newestFirst.flatMap((copy): readonly Moment[] => {
    if (copy.kind === 'snapshot') return [{ kind: 'snapshot', copy }];
    if (copy.kind === 'baseline') return [{ kind: 'baseline', copy, current: copy.baseline === baseline }];
    return undos.filter((moment) => 'copy' in moment && moment.copy === copy);
  });
  return [...ring('redo').toReversed(), { kind: 'live', database, sizeBytes }, ...past];
}

/** How many spares of what migrations and seeds make now wait for a reset. */
export function readySpares({ copies, baseline }: Pick<DatabaseState, 'copies' | 'baseline'>): number {
  return baseline === null ? 0 : copies.filter((copy) => copy.kind === 'spare' && copy.baseline === baseline).length;
}

/** How a reset would go: a spare is swapped in, the baseline is copied first, or all is loaded anew. */
export function resetWay({
  copies,
  baseline,
}: Pick<DatabaseState, 'copies' | 'baseline'>): 'swap' | 'copy' | 'load' | null {
  if (baseline === null) return null;
  const found = resetBy(copies, baseline);
  return found === null ? 'load' : found.kind === 'spare' ? 'swap' : 'copy';
}
