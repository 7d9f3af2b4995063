import { commonDivisor } from '../../../lib/common-divisor.ts';
import type { Domain } from '../domain.ts';
import type { ScalarType } from '../schema.ts';
import { DAY } from '../value.ts';
import { dayOf } from './time-text.ts';

/** Evenly spaced numbers: (low + k·step) / factor for k from 0 up to, not including, count. All four are whole. */
export interface Grid {
  readonly factor: number;
  readonly low: number;
  readonly step: number;
  readonly count: number;
}

/** Numbers that a type holds, in the unit of Value; `digits` after the point, null where any number of them goes. */
interface Limits {
  readonly low: number;
  readonly high: number;
  readonly digits: number | null;
}

const FIRST_DAY = dayOf(1, 1, 1);
const LAST_DAY = dayOf(9999, 12, 31);
/** So that also the distance of two numbers is exact. */
const SAFE = 2 ** 52;
/** Decimal digits of a double. */
const EXACT = 15;

const LIMITS: Readonly<Record<string, Limits>> = {
  int2: { low: -32_768, high: 32_767, digits: 0 },
  int4: { low: -2_147_483_648, high: 2_147_483_647, digits: 0 },
  int8: { low: -SAFE, high: SAFE, digits: 0 },
  oid: { low: 0, high: 4_294_967_295, digits: 0 },
  float4: { low: -1e6, high: 1e6, digits: null },
  float8: { low: -1e12, high: 1e12, digits: null },
  money: { low: -1e12, high: 1e12, digits: 2 },
  date: { low: FIRST_DAY, high: LAST_DAY, digits: 0 },
  timestamp: { low: FIRST_DAY * DAY, high: LAST_DAY * DAY, digits: 0 },
  timestamptz: { low: FIRST_DAY * DAY, high: LAST_DAY * DAY, digits: 0 },
  time: { low: 0, high: DAY - 1, digits: 0 },
  timetz: { low: 0, high: DAY - 1, digits: 0 },
  interval: { low: -100 * 365 * DAY, high: 100 * 365 * DAY, digits: 0 },
};

/** Null for types that are not numbers in Value. */
export function limitsOf(type: ScalarType): Limits | null {
  if (type.name !== 'numeric') return LIMITS[type.name] ?? null;
  if (type.precision === null) return { low: -1e12, high: 1e12, digits: null };
  const scale = type.scale ?? 0;
  // No more than a double holds: of many digits fewer are after the point.
  const digits = type.precision > EXACT ? Math.min(scale, 6) : scale;
  const high = 10 ** Math.min(type.precision - scale, EXACT - Math.max(0, digits)) - 10 ** -digits;
  return { low: -high, high, digits };
}

/**
 * The numbers that a type and the checks leave, in steps of `step` (in the unit of Value, 0 for the smallest that makes
 * sense). Its count is 0 where nothing is left.
 */
export function gridOf(limits: Limits, domain: Domain, step = 0): Grid {
  const low = Math.max(limits.low, domain.min?.value ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(limits.high, domain.max?.value ?? Number.POSITIVE_INFINITY);
  const digits = limits.digits ?? digitsFor(low, high);
  const factor = digits > 0 ? 10 ** fitting(digits, low, high) : 1;
  const coarse = digits < 0 ? 10 ** -digits : 1;
  const first =
    up(low, factor) + (domain.min && !domain.min.inclusive && low === domain.min.value ? exclusive(low, factor) : 0);
  const last =
    down(high, factor) -
    (domain.max && !domain.max.inclusive && high === domain.max.value ? exclusive(high, factor) : 0);
  return aligned({ factor, low: first, step: Math.max(coarse, Math.round(step * factor)), count: 0 }, last, domain);
}

/** The part of a grid between both, inclusive, in the unit of Value. */
export function between(grid: Grid, low: number, high: number): Grid {
  const { factor, step } = grid;
  const end = grid.low + (grid.count - 1) * step;
  const from = low > grid.low / factor ? grid.low + Math.ceil((up(low, factor) - grid.low) / step) * step : grid.low;
  const to = high < end / factor ? down(high, factor) : end;
  return { factor, low: from, step, count: Math.max(0, Math.floor((to - from) / step) + 1) };
}

export function numberAt(grid: Grid, index: number): number {
  return (grid.low + index * grid.step) / grid.factor;
}

export function lastOf(grid: Grid): number {
  return numberAt(grid, grid.count - 1);
}

/** Where on the grid a number is; null where it is between two, or outside. */
export function indexOf(grid: Grid, value: number): number | null {
  const index = (Math.round(value * grid.factor) - grid.low) / grid.step;
  return Number.isInteger(index) && index >= 0 && index < grid.count && numberAt(grid, index) === value ? index : null;
}

/** Whole multiples of several divisors with their remainders are one progression (Chinese remainder theorem). */
function aligned(grid: Grid, last: number, domain: Domain): Grid {
  let { low, step } = { low: 0, step: 1 };
  for (const rule of domain.modulo) {
    const divisor = Math.abs(rule.divisor) * grid.factor;
    const remainder = rule.remainder * grid.factor;
    // The first one as it is: with a factor the search below would take as many steps as that is large.
    if (step === 1) [low, step] = [remainder, divisor];
    const cycle = divisor / commonDivisor(step, divisor);
    let tries = 0;
    while (tries < cycle && mod(low - remainder, divisor) !== 0) {
      low += step;
      tries += 1;
    }
    if (tries === cycle) return { ...grid, count: 0 };
    step *= cycle;
  }
  // The remainder of a negative number is negative in Postgres: with one demanded, its sign says on which side to be.
  const signs = domain.modulo.map((rule) => Math.sign(rule.remainder)).filter((sign) => sign !== 0);
  if (signs.some((sign) => sign !== signs[0])) return { ...grid, count: 0 };
  const from = signs[0] === 1 ? Math.max(grid.low, 0) : grid.low;
  const to = signs[0] === -1 ? Math.min(last, 0) : last;
  const wide = domain.modulo.length > 0 ? step : grid.step;
  const first = domain.modulo.length > 0 ? from + mod(low - from, wide) : Math.ceil(from / grid.step) * grid.step;
  const start = first > to && grid.step > 1 && domain.modulo.length === 0 ? from : first;
  return { ...grid, low: start, step: wide, count: Math.max(0, Math.floor((to - start) / wide) + 1) };
}

/** Two digits for prices and measures; more where the bounds are close to each other. */
function digitsFor(low: number, high: number): number {
  let digits = 2;
  while (digits < 9 && (high - low) * 10 ** digits < 1000) digits += 1;
  return digits;
}

/** As many digits as keep the numbers whole ones. */
function fitting(digits: number, low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high), 1);
  return Math.max(0, Math.min(digits, 15 - Math.ceil(Math.log10(size))));
}

/** 1 where a bound that doesn't belong to the grid lies on it. */
function exclusive(bound: number, factor: number): number {
  return Number.isInteger(whole(bound * factor)) ? 1 : 0;
}

function up(value: number, factor: number): number {
  return Math.ceil(whole(value * factor));
}

function down(value: number, factor: number): number {
  return Math.floor(whole(value * factor));
}

/** 1.1 · 100 is 110.00000000000001 to a computer. */
function whole(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value - rounded) <= Math.abs(value) * 4e-16 ? rounded : value;
}

function mod(value: number, divisor: number): number {
  const rest = value % divisor;
  return rest < 0 ? rest + Math.abs(divisor) : rest === 0 ? 0 : rest;
}
