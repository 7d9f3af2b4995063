import type { Draws } from '../../../lib/draws.ts';
import type { Domain } from '../domain.ts';
import type { Distinct } from '../generator.ts';
import { permutation } from '../permutation.ts';
import type { ScalarType } from '../schema.ts';
import { between, type Grid, gridOf, indexOf, lastOf, limitsOf, numberAt } from './grid.ts';
import { type Source, without } from './source.ts';

/** Where numbers of a meaning usually lie; what the checks demand comes first. */
export interface Usual {
  readonly low: number;
  readonly high: number;
  /** Numbers are multiples of it where the checks allow: a second for times, 0 for the smallest. */
  readonly step?: number;
  /** From a number drawn evenly from 0 to 1 to another one: what is likelier. */
  readonly shape?: (unit: number) => number;
  /** Unique values come in order instead of scattered. */
  readonly ordered?: boolean;
}

/** Few high numbers, many low ones. */
export const skewed = (unit: number): number => unit * unit * unit;
/** The later the likelier: a table that grows. */
export const growing = (unit: number): number => Math.sqrt(unit);
/** The middle the likeliest (two even numbers added). */
export const middling = (unit: number): number => (unit < 0.5 ? Math.sqrt(unit / 2) : 1 - Math.sqrt((1 - unit) / 2));

/** Null where the type is no number or nothing is left to choose from. */
export function numberSource(type: ScalarType, domain: Domain, usual: Usual, salt: string): Source | null {
  const limits = limitsOf(type);
  if (!limits) return null;
  const hard = gridOf(limits, domain);
  if (hard.count < 1) return null;
  const soft = softGrid(hard, gridOf(limits, domain, usual.step), usual);
  const excluded = new Set(domain.noneOf.filter((value) => typeof value === 'number' && indexOf(hard, value) !== null));
  if (excluded.size >= hard.count) return null;
  const shape = usual.shape;
  const draw = (draws: Draws, grid: Grid): number => {
    const index = shape
      ? Math.min(grid.count - 1, Math.floor(shape(draws.unit()) * grid.count))
      : draws.below(grid.count);
    const value = numberAt(grid, index);
    return excluded.has(value) ? (beside(grid, index, excluded) ?? (beside(hard, 0, excluded) as number)) : value;
  };
  return {
    draw: (draws) => draw(draws, soft),
    within: (draws, _row, low, high) => within(draws, hard, soft, low, high, excluded),
    distinct: without(enumerated(hard, soft, usual.ordered ? null : salt), [...excluded]),
  };
}

/** The usual numbers as far as the checks leave some of them; else as many beside the nearest bound. */
function softGrid(hard: Grid, coarse: Grid, { low, high }: Usual): Grid {
  for (const grid of [coarse, hard]) {
    const usual = between(grid, low, high);
    if (usual.count > 0) return usual;
  }
  const first = numberAt(hard, 0);
  const span = high - low;
  return first > high ? between(hard, first, first + span) : between(hard, lastOf(hard) - span, lastOf(hard));
}

function within(
  draws: Draws,
  hard: Grid,
  soft: Grid,
  low: number,
  high: number,
  excluded: ReadonlySet<unknown>,
): number | null {
  const usual = between(soft, low, high);
  const span = lastOf(soft) - numberAt(soft, 0) || 1;
  const from = low === Number.NEGATIVE_INFINITY ? Math.max(numberAt(hard, 0), high - span) : low;
  const to = high === Number.POSITIVE_INFINITY ? Math.min(lastOf(hard), from + span) : high;
  const grid = usual.count > 0 ? usual : between(hard, from, to);
  if (grid.count < 1) return null;
  // What follows something else mostly follows soon.
  const unit = draws.unit();
  const share =
    high === Number.POSITIVE_INFINITY ? skewed(unit) : low === Number.NEGATIVE_INFINITY ? 1 - skewed(unit) : unit;
  const index = Math.min(grid.count - 1, Math.floor(share * grid.count));
  const value = numberAt(grid, index);
  return excluded.has(value) ? beside(grid, index, excluded) : value;
}

/** The first one from there on that is not excluded. */
function beside(grid: Grid, index: number, excluded: ReadonlySet<unknown>): number | null {
  for (let distance = 0; distance <= Math.min(excluded.size, grid.count - 1); distance += 1) {
    const value = numberAt(grid, (index + distance) % grid.count);
    if (!excluded.has(value)) return value;
  }
  return null;
}

/** The usual numbers first, then those on the fine grid that are above them, then those below. */
function enumerated(hard: Grid, soft: Grid, salt: string | null): Distinct {
  const scattered = salt === null ? (index: number) => index : permutation(soft.count, salt);
  const above = between(hard, after(lastOf(soft), hard), Number.POSITIVE_INFINITY);
  const below = between(hard, Number.NEGATIVE_INFINITY, after(numberAt(soft, 0), hard, -1));
  const at = (index: number): number => {
    if (index < soft.count) return numberAt(soft, scattered(index));
    if (index < soft.count + above.count) return numberAt(above, index - soft.count);
    return numberAt(below, below.count - 1 - (index - soft.count - above.count));
  };
  return { size: soft.count + above.count + below.count, at };
}

function after(value: number, grid: Grid, direction = 1): number {
  return (Math.round(value * grid.factor) + direction * grid.step) / grid.factor;
}
