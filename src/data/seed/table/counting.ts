import { columnsOf } from '../keys/key.ts';
import { baseOf, type Column, plainColumns, type Table } from '../schema.ts';
import { isScalar, WHOLE_NUMBERS } from '../types.ts';
import type { TableInput } from './table-input.ts';

/** The numbers of a column that counts: up, or as its sequence does. */
export interface Counting {
  readonly start: bigint;
  readonly step: bigint;
  /** How many numbers there are from the start on; Infinity where it begins anew after the last. */
  readonly room: number;
  /** The last one, which its type or its sequence sets. */
  readonly end: bigint;
  /** Whether another attempt at a row takes another number: a check may be about it. */
  readonly varies: boolean;
  /** What comes after the last one: its sequence cycles, and no key wants other numbers. */
  readonly again: bigint | null;
}

/** Columns that count up: those with a sequence, and whole numbers that are a key by themselves. */
export function countingColumns(
  { table, description, rules }: TableInput,
  linked: ReadonlySet<string>,
): ReadonlySet<string> {
  return new Set(
    table.columns.flatMap((column) => {
      const { name, generated } = column;
      if (!mayCount(table, column) || generated || linked.has(name)) return [];
      if (description?.columns?.[name] !== undefined) return [];
      const narrow = rules.alternatives.some(({ domains }) => {
        const domain = domains.get(name);
        return domain && (domain.oneOf || domain.max || domain.modulo.length > 0 || domain.noneOf.length > 0);
      });
      return narrow ? [] : [name];
    }),
  );
}

/** Whether a column counts, unless a check, a foreign key or a description says otherwise. */
export function mayCount(table: Table, { name, type, sequence, identity }: Column): boolean {
  if (!isScalar(baseOf(type), ...WHOLE_NUMBERS)) return false;
  if (sequence !== null || identity !== null) return true;
  return table.uniques.some(({ parts, primary }) => primary && parts.length === 1 && plainColumns(parts)[0] === name);
}

export function countsDown({ sequence }: Column): boolean {
  return sequence?.increment.startsWith('-') ?? false;
}

const LARGEST: Readonly<Record<string, bigint>> = { int2: 2n ** 15n - 1n, int4: 2n ** 31n - 1n, int8: 2n ** 63n - 1n };

/** What such a column counts from, after the last number that is there, and how far. */
export function countingOf({ table, last, rules }: TableInput, column: Column): Counting {
  const base = baseOf(column.type);
  const largest = LARGEST[base.kind === 'scalar' ? base.name : 'int8'] ?? 0n;
  const { sequence } = column;
  const step = BigInt(sequence?.increment ?? 1);
  const origin = sequence ? BigInt(sequence.start) : 1n;
  const [low, high] = sequence ? [BigInt(sequence.min), BigInt(sequence.max)] : [-largest - 1n, largest];
  const end = step > 0n ? smaller(high, largest) : larger(low, -largest - 1n);
  const start = firstFrom(origin, step, [
    ...leastOf(rules, column.name, step),
    ...[last(column.name)].flatMap((number) => (number === null ? [] : [number + (step > 0n ? 1n : -1n)])),
  ]);
  const room = Number((end - start) / step) + 1;
  const unlike = [...table.uniques, ...table.exclusions].some(({ parts }) =>
    parts.some((part) => !('column' in part) || part.column === column.name),
  );
  const again = sequence?.cycle && !unlike ? (step > 0n ? low : high) : null;
  const beyond = (end - start) * step < 0n;
  const conditions = [...table.checks.map(({ expression }) => expression), ...(table.partitions ?? [])];
  const varies = column.type.kind === 'domain' || conditions.some((one) => columnsOf(table, one).includes(column.name));
  return { start, step, room: again === null ? (beyond ? 0 : room) : Number.POSITIVE_INFINITY, end, varies, again };
}

/** The first number of a sequence that is none of those before any of these. */
function firstFrom(origin: bigint, step: bigint, from: readonly bigint[]): bigint {
  let first = origin;
  for (const one of from) {
    const distance = (one - first) * (step > 0n ? 1n : -1n);
    const size = step > 0n ? step : -step;
    if (distance > 0n) first += ((distance + size - 1n) / size) * step;
  }
  return first;
}

/** What checks demand at least. */
function leastOf({ alternatives }: TableInput['rules'], column: string, step: bigint): readonly bigint[] {
  if (step < 0n) return [];
  return alternatives.flatMap(({ domains }) => {
    const min = domains.get(column)?.min;
    return min && Number.isFinite(min.value) ? [BigInt(Math.floor(min.value) + (min.inclusive ? 0 : 1))] : [];
  });
}

/**
 * The number of each row, by how many rows come before it, and how often it was begun anew: then it takes one after those
 * of all rows, as long as there are any. Text where a number would not be exact.
 */
export function numbersOf(counting: Counting, count: number): (index: number, attempt: number) => number | string {
  const { start, step, room, varies } = counting;
  const place = (index: number, attempt: number): number => {
    const later = index + attempt * count;
    return varies && later < room ? later : index;
  };
  const farthest = start + step * BigInt(count) * (varies ? MOST_ATTEMPTS : 1n);
  const exact = [start, farthest].every((one) => Number.isSafeInteger(Number(one)));
  if (!exact || counting.again !== null) {
    return (index, attempt) => {
      const number = numberAt(counting, BigInt(place(index, attempt)));
      return Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
    };
  }
  const [from, by] = [Number(start), Number(step)];
  return (index, attempt) => from + by * place(index, attempt);
}

/** More than a row is ever begun anew. */
const MOST_ATTEMPTS = 2n ** 16n;

function numberAt({ start, step, end, again }: Counting, index: bigint): bigint {
  const number = start + step * index;
  if (again === null || (end - number) * step >= 0n) return number;
  const before = (end - start) * step < 0n ? 0n : (end - start) / step + 1n;
  const around = (end - again) / step + 1n;
  return again + step * ((index - before) % around);
}

const smaller = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);
