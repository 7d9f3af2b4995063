import { UserError } from '../../../core/errors.ts';
import { Draws } from '../draws.ts';
import type { Keys } from '../keys/keys.ts';
import { dealChildren, type PerParent } from '../links/counts.ts';
import type { Parent } from '../links/links.ts';
import { tableName } from '../schema.ts';
import type { TableInput } from './table-input.ts';

export interface Amount {
  readonly count: number;
  readonly perParent: PerParent | null;
  readonly limited: string | null;
}

/** How many rows there are room for. */
export function amountOf(input: TableInput, keys: Keys, owner: number | null, parents: readonly Parent[]): Amount {
  const { table, description, world, rows, exact } = input;
  const whole = keys.tuples.filter(({ key }) => key.predicate === null);
  if (owner !== null && description?.perParent) {
    const most = Math.min(
      Number.MAX_SAFE_INTEGER,
      ...whole.flatMap((tuple) => (tuple.owner === null ? [] : [tuple.capacity])),
    );
    const draws = new Draws(world.seed, table.schema, table.name, '', 'children');
    const perParent = dealChildren(description.perParent, parents[owner]?.total ?? 0, most, draws);
    return { count: perParent.starts.at(-1) ?? 0, perParent, limited: null };
  }
  for (const { key, capacity, components, owner: owned } of whole) {
    // Of parents that may have one each only those without one are counted.
    const oneToOne = components.length === 1 && components[0]?.kind === 'link';
    const room = oneToOne ? capacity : Math.max(0, capacity - table.rows);
    if (owned !== null || room >= rows) continue;
    const why = `${tableName(table)}: ${key.name} (${key.columns.join(', ')}) has room for ${room} more rows, not ${rows}`;
    if (exact)
      throw new UserError(why, { code: 'usage', hints: [`Ask for ${room} rows, or for more of what it leads to.`] });
    return { ...amountOf({ ...input, rows: room }, keys, owner, parents), limited: why };
  }
  return { count: rows, perParent: null, limited: null };
}
