import type { Copy, CopyKind } from '../../src/core/data/copies.ts';
import type { DatabaseState } from '../../src/core/data/state.ts';

/** A copy of a database that was made so many milliseconds after the epoch. */
export function copy(kind: CopyKind, at: number, more: Partial<Copy> = {}): Copy {
  const created = new Date(at).toISOString();
  return { name: `${kind} ${at}`, kind, baseline: 'a', label: '', created, sizeBytes: 1_000_000, ...more };
}

/** A database that was loaded from the baseline `a`, with these copies. */
export function databaseState(copies: readonly Copy[], more: Partial<DatabaseState> = {}): DatabaseState {
  return {
    ...{ service: 'db', database: 'shop', usual: true, why: null, sizeBytes: 8_000_000 },
    ...{ content: 'loaded', baseline: 'a', changed: null, spares: 2, copies, redis: [] },
    ...more,
  };
}
