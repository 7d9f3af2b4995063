import type { Rules } from '../domain.ts';
import type { Check, Table } from '../schema.ts';
import type { Keys, Tuple } from './keys.ts';

/**
 * A partial unique key is about the rows that its predicate is true for. Of those only so many may be made as there are
 * combinations; for all others the predicate must not be true. So each row has a mode, a bit for each partial key, and each
 * mode has rules of its own.
 */
export interface Modes {
  /** Names of the partial keys, in the order of their bits. */
  readonly keys: readonly string[];
  /** By mode. */
  readonly rules: readonly Rules[];
}

/** More of them in one table are left to be tried. */
const MOST = 3;

/** The checks of each mode of a table; null when there are no partial keys that need one. */
export function modesOf(
  table: Table,
  { tuples }: Keys,
): { readonly keys: readonly string[]; readonly tables: readonly Table[] } | null {
  const partial = tuples.filter(({ key }) => key.predicate !== null).slice(0, MOST);
  if (partial.length === 0) return null;
  const tables = Array.from({ length: 2 ** partial.length }, (_, mode): Table => {
    const checks = partial.map(({ key }, bit): Check => {
      const inside = (mode & (1 << bit)) !== 0;
      return { name: key.name, expression: inside ? `(${key.predicate})` : `NOT (${key.predicate})` };
    });
    return { ...table, checks: [...table.checks, ...checks] };
  });
  return { keys: partial.map(({ key }) => key.name), tables };
}

/** Which mode a row is in. */
export function modeOf(modes: Modes | null, { tuples }: Keys, inKey: (tuple: Tuple) => boolean): number {
  if (!modes) return 0;
  return modes.keys.reduce((mode, name, bit) => {
    const tuple = tuples.find(({ key }) => key.name === name);
    return tuple && inKey(tuple) ? mode | (1 << bit) : mode;
  }, 0);
}
