import type { ColumnDescription } from '../../core/data/description.ts';
import { Misdescribed } from '../../core/data/misdescribed.ts';
import { columnReference, placeholders } from '../../core/data/placeholders.ts';
import { Draws } from '../../lib/draws.ts';
import { ANY } from '../seed/domain.ts';
import type { ScalarType, Table } from '../seed/schema.ts';
import type { Value } from '../seed/value.ts';
import { generatorOf, type World } from '../seed/values/index.ts';
import { templateOf } from './references.ts';

/** Of a table, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** Where a value stands. */
export interface Place {
  /** Number of the key. */
  readonly n: number;
  /** Number of the element within it; null for what a key has one of. */
  readonly element: number | null;
  readonly row: Row | null;
  /** Another field of the same hash or entry. */
  readonly sibling: (name: string) => string | null;
}

export type Maker = (place: Place) => Value;

/** So many elements of a key have numbers of their own. */
const ELEMENTS = 2 ** 20;

/**
 * Makes values as a column of a table would have them: `inside` tells this one's numbers from others, `name` is what it
 * means where the description doesn't say.
 */
export function makerOf(said: ColumnDescription, inside: readonly string[], name: string, world: World): Maker {
  const template = templateOf(said);
  if (template !== null) return filler(template);
  if (typeof said === 'function') {
    const draws = new Draws(world.seed, 'redis', ...inside);
    return ({ n, element }) => {
      draws.at(numberOf(n, element));
      return said({ row: element ?? n, random: () => draws.unit() });
    };
  }
  if (typeof said !== 'object' || said === null) return () => said;
  const column = {
    ...{ name, type: typeOf(said), notNull: !('null' in said), default: null, identity: null, generated: false },
    ...{ sequence: null, comment: null },
  };
  const table: Table = {
    ...{ schema: 'redis', name: inside.join('.'), columns: [column], uniques: [], foreignKeys: [], checks: [] },
    ...{ exclusions: [], partitions: null, partitioned: false, comment: null, rows: 0, triggers: [] },
  };
  const generator = generatorOf({ table, column, domain: ANY, description: said, other: () => null }, world);
  return ({ n, element }) => generator?.value(numberOf(n, element), 0) ?? null;
}

function numberOf(n: number, element: number | null): number {
  return element === null ? n : n * ELEMENTS + element;
}

/** Times are numbers in Value, and so is what lies between two of them. */
function typeOf(said: object): ScalarType {
  const [from, to] = 'between' in said ? (said.between as readonly (number | string)[]) : [];
  if ('past' in said || 'future' in said || typeof from === 'string') return scalar('timestamptz', 3, null);
  if (from === undefined) return scalar('text', null, null);
  return Number.isInteger(from) && Number.isInteger(to) ? scalar('int8', null, null) : scalar('numeric', 15, 2);
}

function scalar(name: string, precision: number | null, scale: number | null): ScalarType {
  return { kind: 'scalar', name, length: null, precision, scale };
}

/** Puts columns of the row, other fields and `{n}` into a text; null where one of them is. */
function filler(template: string): Maker {
  const parts = placeholders(template) ?? [template];
  return (place) => {
    let text = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : named(part.name, place);
      if (value === null) return null;
      text += value;
    }
    return text;
  };
}

function named(name: string, { n, row, sibling }: Place): string | null {
  if (name === 'n') return String(n);
  const reference = columnReference(name);
  return reference ? textOf(row?.[reference.column]) : sibling(name);
}

/** What a column of a row is as text: a date in ISO 8601, an array or an object as JSON. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value as it is written: times in ISO 8601. */
export function writer(said: ColumnDescription, maker: Maker): (place: Place) => string | null {
  const isTime = typeof said === 'object' && said !== null && typeOf(said).name === 'timestamptz';
  return (place) => {
    const value = maker(place);
    return isTime && typeof value === 'number' ? new Date(value).toISOString() : textOf(value);
  };
}

/** The same as a score: times in seconds since 1970; no value counts 0. `name` is that of the keys' description. */
export function scorer(said: ColumnDescription, maker: Maker, name: string): (place: Place) => string {
  const isTime = typeof said === 'object' && said !== null && typeOf(said).name === 'timestamptz';
  return (place) => {
    const value = maker(place) ?? 0;
    const score = Number(value);
    if (Number.isNaN(score)) {
      const path = ['redis', name, 'sortedSet', 'score'];
      throw new Misdescribed(path, path.join('.'), `it gives \`${String(value)}\``, 'a number, or a date');
    }
    return String(isTime ? score / 1000 : score);
  };
}
