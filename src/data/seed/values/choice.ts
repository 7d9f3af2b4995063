import type { Draws } from '../../../lib/draws.ts';
import type { Value } from '../value.ts';
import { listed, type Source } from './source.ts';

/** One of a list that is not empty, all as likely, or by their weights. */
export function choice(values: readonly Value[], weights?: readonly number[]): Source {
  const pick = weights ? byWeight(values, weights) : (draws: Draws) => draws.pick(values);
  return { draw: pick, distinct: listed(values), within: numbersWithin(values) };
}

export function always(value: Value): Source {
  return choice([value]);
}

/** Weights are made into a table of 1024 slots, which is quicker to look into than running totals. */
export function byWeight<T>(values: readonly T[], weights: readonly number[]): (draws: Draws) => T {
  const totals = runningTotals(weights);
  const sum = totals.at(-1) ?? 1;
  const slots = Array.from({ length: 1024 }, (_, slot) => {
    const [low, high] = [slotOf(totals, (slot / 1024) * sum), slotOf(totals, ((slot + 1) / 1024) * sum * (1 - 1e-12))];
    return low === high ? low : -1;
  });
  return (draws) => {
    const unit = draws.unit();
    const slot = slots[Math.floor(unit * 1024)] as number;
    return values[slot >= 0 ? slot : slotOf(totals, unit * sum)] as T;
  };
}

function slotOf(totals: readonly number[], drawn: number): number {
  const found = totals.findIndex((total) => drawn < total);
  return found < 0 ? totals.length - 1 : found;
}

function runningTotals(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** Of a list of numbers: one of those between both bounds. */
function numbersWithin(values: readonly Value[]): Source['within'] {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return undefined;
  return (draws, _row, low, high) => {
    const left = numbers.filter((number) => number >= low && number <= high);
    return left.length === 0 ? null : draws.pick(left);
  };
}
