import type { ColumnDescription } from '../../../core/data/description.ts';
import { baseOf, type Check, type Column, type Table, type Type } from '../schema.ts';
import { waitsForStatus } from '../values/index.ts';
import { bounds, literals } from './simple-checks.ts';

type Group = Exclude<ColumnDescription, string | number | boolean | null | ((...args: never) => unknown)>;

const TEXT = ['text', 'varchar', 'bpchar', 'citext'];
const WHOLE = ['int2', 'int4', 'int8'];
const NUMBER = [...WHOLE, 'numeric', 'float4', 'float8', 'money'];
const DATE = ['date', 'timestamp', 'timestamptz'];

/** The description as far as the column can hold it; undefined where the schema alone should say what it holds. */
export function fitted(said: ColumnDescription, column: Column, table: Table): ColumnDescription | undefined {
  if (typeof said !== 'object' || said === null || isDecided(column, table)) return undefined;
  // The status knows better than a share; of what is gone few tables have one that tells.
  if ('past' in said && !/delet|remov/i.test(column.name) && waitsForStatus(column, table)) return undefined;
  const made = withoutNull(said, column, table);
  if (!made) return undefined;
  const { null: share, ...rest } = { null: undefined, ...made, ...nullShare(said, column) };
  return { ...rest, ...(share === undefined ? {} : { null: share }) } as ColumnDescription;
}

/** Its values are those of another table, come from the server, or all differ. */
function isDecided({ name, generated, identity, sequence }: Column, { foreignKeys, uniques }: Table): boolean {
  if (generated || identity !== null || sequence !== null) return true;
  if (foreignKeys.some(({ columns }) => columns.includes(name))) return true;
  return uniques.some(({ parts: [first, ...more] }) => first && 'column' in first && first.column === name && !more[0]);
}

function nullShare(said: Group, { notNull, type }: Column): { readonly null?: number } {
  const nullable = !notNull && !(type.kind === 'domain' && type.notNull);
  return nullable && 'null' in said && said.null !== undefined ? { null: said.null } : {};
}

function withoutNull(said: Group, column: Column, table: Table): object | undefined {
  const type = baseOf(column.type);
  const name = type.kind === 'scalar' ? type.name : type.kind;
  const checks = checksOf(column, table);
  if ('oneOf' in said) return oneOf(said.oneOf, column, checks);
  if ('between' in said) return between(said.between, type, column.name, checks);
  if (checks.length > 0) return undefined;
  if ('past' in said) return DATE.includes(name) ? { past: said.past } : undefined;
  if ('future' in said) return DATE.includes(name) ? { future: said.future } : undefined;
  const { null: _, ...way } = said;
  if (Object.keys(way).length === 0) return column.notNull ? undefined : {};
  return TEXT.includes(name) ? way : undefined;
}

/** Checks of the table that name the column, and those of its domain. */
function checksOf({ name, type }: Column, { checks }: Table): readonly Check[] {
  const own = type.kind === 'domain' ? type.checks : [];
  return [...own, ...checks.filter(({ expression }) => expression.split(/[^\w$]+/).includes(name))];
}

/** Of `delivered|completed` a column whose labels are known gets those of them that it has, any other one the first. */
function oneOf(
  said: readonly unknown[] | Readonly<Record<string, number>>,
  column: Column,
  checks: readonly Check[],
): object | undefined {
  const weights = weightsOf(said);
  const numbers = weights.map(([[name = '']]) => Number(name));
  if (!numbers.some(Number.isNaN)) return oneOfNumbers(weights, column, checks);
  const allowed = allowedTexts(column, checks);
  if (allowed === 'none') return undefined;
  if (allowed === 'any') return { oneOf: Object.fromEntries(weights.map(([[name], weight]) => [name, weight])) };
  const least = Math.min(...weights.map(([, weight]) => weight));
  const found = allowed.map((label) => {
    const weight = weights.find(([names]) => names.some((name) => isLike(name, label)))?.[1];
    return [label, weight] as const;
  });
  if (found.every(([, weight]) => weight === undefined)) return undefined;
  // What the pack doesn't know is there, too, as seldom as the least likely.
  return { oneOf: Object.fromEntries(found.map(([label, weight]) => [label, weight ?? least])) };
}

type Weights = readonly (readonly [names: readonly string[], weight: number])[];

function weightsOf(said: readonly unknown[] | Readonly<Record<string, number>>): Weights {
  if (Array.isArray(said)) return said.map((value) => [[String(value)], 1]);
  return Object.entries(said as Readonly<Record<string, number>>).map(([names, weight]) => [names.split('|'), weight]);
}

function oneOfNumbers(weights: Weights, { name, type }: Column, checks: readonly Check[]): object | undefined {
  const base = baseOf(type);
  if (base.kind !== 'scalar' || !NUMBER.includes(base.name)) return undefined;
  const all = checks.map(({ expression }) => bounds(expression, name));
  const isWithin = (value: number) =>
    value <= largest(base) && all.every((one) => one && value >= (one.min ?? value) && value <= (one.max ?? value));
  const fitting = weights.filter(([[text]]) => isWithin(Number(text)));
  return fitting.length === 0
    ? undefined
    : { oneOf: Object.fromEntries(fitting.map(([[text], weight]) => [text, weight])) };
}

/** `IN_PROGRESS` and `in progress` */
function isLike(left: string, right: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return plain(left) === plain(right);
}

function allowedTexts({ name, type }: Column, checks: readonly Check[]): readonly string[] | 'any' | 'none' {
  const base = baseOf(type);
  if (base.kind === 'enum') return checks.length === 0 ? base.labels : 'none';
  if (base.kind !== 'scalar' || !TEXT.includes(base.name)) return 'none';
  if (checks.length === 0) return base.length === null || base.length >= 12 ? 'any' : 'none';
  const lists = checks.map(({ expression }) => literals(expression, name));
  return lists.length === 1 ? (lists[0] ?? 'none') : 'none';
}

/** Within what the checks allow; whole numbers for columns of those. */
function between(
  [from, to]: readonly [number | string, number | string],
  type: Type,
  column: string,
  checks: readonly Check[],
): object | undefined {
  const typeName = type.kind === 'scalar' ? type.name : type.kind;
  if (typeof from !== 'number' || typeof to !== 'number') return undefined;
  if (!NUMBER.includes(typeName)) return undefined;
  const all = checks.map(({ expression }) => bounds(expression, column));
  if (all.includes(null)) return undefined;
  const low = Math.max(from, ...all.map((one) => one?.min ?? from));
  const high = Math.min(to, largest(type), ...all.map((one) => one?.max ?? to));
  if (low > high) return undefined;
  return { between: WHOLE.includes(typeName) ? [Math.ceil(low), Math.floor(high)] : [low, high] };
}

/** What fits into the type; of numeric(5, 2) 999. */
function largest(type: Type): number {
  if (type.kind !== 'scalar') return Number.POSITIVE_INFINITY;
  if (type.name === 'int2') return 32_767;
  return type.precision === null ? Number.POSITIVE_INFINITY : 10 ** (type.precision - (type.scale ?? 0)) - 1;
}
