import { UserError } from '../../../core/errors.ts';
import { Draws } from '../../../lib/draws.ts';
import type { Keys } from '../keys/keys.ts';
import { dealChildren, type PerParent } from '../links/counts.ts';
import type { References } from '../links/references.ts';
import { type Table, tableName } from '../schema.ts';
import type { Counting } from './counting.ts';
import type { TableInput } from './table-input.ts';

export interface Amount {
  readonly count: number;
  readonly perParent: PerParent | null;
  /** Why there are fewer rows than were asked for; null if there are not. */
  readonly limited: string | null;
}

/** How many rows there are room for. */
export function amountOf(
  input: TableInput,
  keys: Keys,
  references: References,
  countings: ReadonlyMap<string, Counting>,
): Amount {
  const { table, description, world, rows, exact } = input;
  const { owner, parents } = references;
  const whole = keys.tuples.filter(({ key }) => key.predicate === null);
  if (owner !== null && description?.perParent) {
    const most = Math.min(
      Number.MAX_SAFE_INTEGER,
      ...whole.flatMap((tuple) => (tuple.owner === null ? [] : [tuple.capacity])),
    );
    const draws = new Draws(world.seed, table.schema, table.name, '', 'children');
    const perParent = dealChildren(description.perParent, parents[owner]?.total ?? 0, most, draws);
    const count = perParent.starts.at(-1) ?? 0;
    const short = shortage(table, countings, count);
    if (short) throw tooMany(short);
    return { count, perParent, limited: null };
  }
  for (const { key, capacity, components, owner: owned } of whole) {
    // Of parents that may have one each only those without one are counted.
    const oneToOne = components.length === 1 && components[0]?.kind === 'link';
    const room = oneToOne ? capacity : Math.max(0, capacity - table.rows);
    if (owned !== null || room >= rows) continue;
    const why = `${tableName(table)}: ${key.name} (${key.columns.join(', ')}) has ${roomFor(room, rows)}`;
    if (exact)
      throw new UserError(why, {
        code: 'usage',
        hints: [`Ask for ${room === 0 ? '' : `${counted(room)}, or for `}more of what it leads to.`],
      });
    return { ...amountOf({ ...input, rows: room }, keys, references, countings), limited: why };
  }
  const short = shortage(table, countings, rows);
  if (short && exact) throw tooMany(short);
  if (short) {
    return { ...amountOf({ ...input, rows: short.room }, keys, references, countings), limited: short.why };
  }
  return { count: rows, perParent: null, limited: null };
}

interface Shortage {
  readonly room: number;
  readonly why: string;
}

/** Where a column that counts comes to the end of its numbers. */
function shortage(table: Table, countings: ReadonlyMap<string, Counting>, rows: number): Shortage | null {
  for (const [column, { room, end }] of countings) {
    if (room >= rows) continue;
    const sequence = table.columns.find(({ name }) => name === column)?.sequence;
    const what = sequence ? `its sequence ${sequence.name}` : 'its type';
    const why = `${tableName(table)}.${column}: ${what} ends at ${end}, which leaves ${roomFor(room, rows)}`;
    return { room, why };
  }
  return null;
}

function tooMany({ room, why }: Shortage): UserError {
  return new UserError(why, {
    code: 'usage',
    hints: [
      room === 0
        ? 'Widen the column and its sequence.'
        : `Ask for ${counted(room)}, or widen the column and its sequence.`,
    ],
  });
}

function roomFor(room: number, rows: number): string {
  return room === 0
    ? `no room for more rows, and ${rows} were asked for`
    : `room for ${room} more ${room === 1 ? 'row' : 'rows'}, not ${rows}`;
}

function counted(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`;
}
