import type { ColumnDescription } from '../../../core/data/description.ts';
import { Draws } from '../../../lib/draws.ts';
import type { Domain } from '../domain.ts';
import { baseOf, type Column, type Table, type Type, tableName } from '../schema.ts';
import { isText } from '../types.ts';
import type { Value } from '../value.ts';
import type { World } from './world.ts';

/** What is known of a column when its generator is chosen. */
export interface ColumnContext {
  readonly table: Table;
  readonly column: Column;
  readonly domain: Domain;
  readonly description: ColumnDescription | undefined;
  /** What another column of the same row has in the end; numbers in the unit of their types (see Value). */
  readonly other: (column: string, row: number) => Value;
  /** What the checks of domains leave of the column's parts, by their types: one of them holds. */
  readonly parts?: ReadonlyMap<Type, readonly Domain[]> | undefined;
}

/** A column, or a part of one (an element of an array, a field of a composite), and what its values are made with. */
export interface Tools {
  readonly context: ColumnContext;
  readonly world: World;
  /** Of the column, or of the part. */
  readonly name: string;
  readonly type: Exclude<Type, { kind: 'domain' }>;
  readonly domain: Domain;
  /** No null may come. */
  readonly required: boolean;
  /** Tells the part's numbers from others of the column. */
  readonly path: readonly string[];
}

/** Numbers for what belongs to the column; `purpose` tells several of them apart. */
export function drawsOf(tools: Tools, ...purpose: readonly string[]): Draws {
  return new Draws(tools.world.seed, tools.context.table.schema, tools.context.table.name, ...tools.path, ...purpose);
}

/** The column's path, for orders that only have to look random. */
export function saltOf(tools: Tools): string {
  return [String(tools.world.seed), tableName(tools.context.table), ...tools.path].join('\0');
}

/** Tools for a part. */
export function partOf(tools: Tools, name: string, type: Type, domain: Domain): Tools {
  return { ...tools, name, type: baseOf(type), domain, required: true, path: [...tools.path, name] };
}

/** In characters, from the type and the checks. `name` ends at 63 bytes, and one character is up to three of them. */
export function lengthsOf(type: Type, domain: Domain): { readonly least: number; readonly most: number | null } {
  const limits = [domain.maxLength, typeLength(baseOf(type))].filter((limit) => limit !== null);
  return { least: domain.minLength ?? 0, most: limits.length === 0 ? null : Math.min(...limits) };
}

function typeLength(type: Type): number | null {
  if (type.kind !== 'scalar') return null;
  if (type.name === 'name') return 21;
  if (type.name === 'char') return 1;
  return isText(type) ? type.length : null;
}
