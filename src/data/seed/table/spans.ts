import { Draws } from '../../../lib/draws.ts';
import { type Alternative, ANY, type Domain } from '../domain.ts';
import type { Generator } from '../generator.ts';
import { type Span, spansOf } from '../keys/spans.ts';
import { baseOf, type ScalarType, type Table } from '../schema.ts';
import { isScalar } from '../types.ts';
import { DAY } from '../value.ts';
import { limitsOf } from '../values/grid.ts';
import type { TableInput } from './table-input.ts';
import type { Cell } from './table-rows.ts';

/** Where two columns lie that say from when to when: places one after the other, each with a part that is free. */
interface Places {
  readonly start: number;
  readonly width: number;
  readonly size: number;
  /** How long one is, in the unit of the columns. */
  readonly least: number;
  readonly most: number;
}

export interface PlacedSpan extends Span {
  readonly places: Places;
}

/**
 * The spans of a table that must not overlap and can be made one after the other, whatever alternative a row follows: nothing
 * else decides their columns, and the checks leave room.
 */
export function placedSpans(
  { table, description, rows, world }: TableInput,
  alternatives: readonly Alternative[],
  linked: ReadonlySet<string>,
): readonly PlacedSpan[] {
  return spansOf(table).flatMap((span) => {
    const free = [span.lower, span.upper].every(
      (name) =>
        description?.columns?.[name] === undefined &&
        !linked.has(name) &&
        table.columns.some((column) => column.name === name && !column.generated),
    );
    const type = free ? typeOf(table, span) : null;
    const places = type && placesOf(type, span, alternatives, rows, world.now);
    return places ? [{ ...span, places }] : [];
  });
}

function typeOf({ columns }: Table, { lower, upper }: Span): ScalarType | null {
  const [one, other] = [lower, upper].map((name) => columns.find((column) => column.name === name)?.type);
  const [base, second] = [one && baseOf(one), other && baseOf(other)];
  return base?.kind === 'scalar' && second && isScalar(second, base.name) ? base : null;
}

/** How long a span is unless a check says otherwise, its least part, and where the first one begins. */
function usual(
  type: ScalarType,
  now: number,
): { readonly length: number; readonly unit: number; readonly start: number } {
  const today = Math.floor(now / DAY);
  if (type.name === 'date') return { length: 2, unit: 1, start: today - 365 };
  if (isScalar(type, 'timestamp', 'timestamptz')) return { length: 3_600_000, unit: 1000, start: (today - 365) * DAY };
  if (isScalar(type, 'time')) return { length: 900_000, unit: 1000, start: 0 };
  return { length: 6, unit: 1, start: 0 };
}

/** So many places lie before the last where nothing says where to begin. */
const BACK = 100_000;
/** Of how many times as many places as rows there should be room. */
const ROOM = 4;

function placesOf(
  type: ScalarType,
  span: Span,
  alternatives: readonly Alternative[],
  rows: number,
  now: number,
): Places | null {
  const limits = limitsOf(type);
  const lengths = lengthsOf(span, alternatives, usual(type, now).unit);
  if (!limits || !lengths) return null;
  const { unit, start: from, length } = usual(type, now);
  const { least, most } = lengths;
  const bounds = boundsOf(span, alternatives, unit);
  let long = Math.min(most, Math.max(least, length));
  const places = (): Places => {
    const width = Math.max(2 * long, long + unit);
    const low = Math.max(limits.low, bounds.low, bounds.lowUpper - least);
    const last = Math.min(bounds.high, bounds.highUpper - long);
    const open = low === limits.low;
    const start = Number.isFinite(last)
      ? open
        ? Math.max(low, last - BACK * width)
        : low
      : Math.max(low, open ? from : low);
    const size = Math.floor((Math.min(last, limits.high - long) - start) / width) + 1;
    return { start, width, size, least, most: long };
  };
  let found = places();
  // Within little room they are shorter.
  while (found.size < ROOM * rows && long > Math.max(least, unit)) {
    long = Math.max(least, unit, Math.floor(long / 2 / unit) * unit);
    found = places();
  }
  return found.size > 0 ? found : null;
}

/** The bounds of both columns in whichever alternative; null where they can't be told. */
function boundsOf({ lower, upper }: Span, alternatives: readonly Alternative[], unit: number) {
  const get = (column: string, side: 'min' | 'max', none: number): number => {
    const all = alternatives.flatMap(({ domains }) => {
      const bound = (domains.get(column) ?? ANY)[side];
      if (!bound) return [];
      return [bound.inclusive ? bound.value : bound.value + (side === 'min' ? unit : -unit)];
    });
    return side === 'min' ? Math.max(none, ...all) : Math.min(none, ...all);
  };
  return {
    low: get(lower, 'min', Number.NEGATIVE_INFINITY),
    high: get(lower, 'max', Number.POSITIVE_INFINITY),
    lowUpper: get(upper, 'min', Number.NEGATIVE_INFINITY),
    highUpper: get(upper, 'max', Number.POSITIVE_INFINITY),
  };
}

/** How long the checks let a span be; null where more is asked of its columns than bounds and a length. */
function lengthsOf({ lower, upper }: Span, alternatives: readonly Alternative[], unit: number) {
  let [least, most] = [unit, Number.POSITIVE_INFINITY];
  for (const { domains, comparisons } of alternatives) {
    if ([lower, upper].some((column) => isOdd(domains.get(column) ?? ANY))) return null;
    for (const { left, operator, right, offset } of comparisons) {
      const [both, turned] = [[left, right].includes(lower) && [left, right].includes(upper), left === lower];
      if (!both) continue;
      if (operator === '<>') return null;
      const at = turned ? -offset : offset;
      const longer = operator.startsWith(turned ? '<' : '>') || operator === '=';
      const shorter = operator.startsWith(turned ? '>' : '<') || operator === '=';
      const strictly = operator === '<' || operator === '>' ? unit : 0;
      if (longer) least = Math.max(least, at + strictly);
      if (shorter) most = Math.min(most, at - strictly);
    }
  }
  return least <= most ? { least, most } : null;
}

function isOdd({ nullable, oneOf, noneOf, modulo }: Domain): boolean {
  return nullable === 'always' || oneOf !== null || noneOf.length > 0 || modulo.length > 0;
}

/** How many lengths there are. */
const LENGTHS = 4;

/** The same generators, but those of spans: the lower bound counts places, and the upper one follows from it. */
export function withSpans(
  generators: ReadonlyMap<string, readonly Generator[]>,
  spans: readonly PlacedSpan[],
  { table, world }: TableInput,
  cell: Cell,
): ReadonlyMap<string, readonly Generator[]> {
  const changed = new Map(generators);
  for (const { lower, upper, places } of spans) {
    const { start, width, size, least, most } = places;
    const distinct = { size, at: (index: number) => start + index * width };
    changed.set(
      lower,
      (generators.get(lower) ?? []).map((one) => ({ ...one, distinct })),
    );
    const draws = new Draws(world.seed, table.schema, table.name, upper, 'span');
    const unit = most / LENGTHS;
    const value = (row: number, attempt: number) => {
      const from = cell(lower, row);
      if (typeof from !== 'number') return null;
      const length = draws.at(row, attempt).between(1, LENGTHS) * unit;
      return from + (Number.isInteger(length) && length >= least ? length : most);
    };
    changed.set(
      upper,
      (generators.get(upper) ?? []).map(() => ({ value, within: null, distinct: null })),
    );
  }
  return changed;
}
