import { numbersSaid } from './amount-said.ts';
import type { Material } from './material.ts';
import type { Schema } from './schema.ts';
import type { Wanted } from './wanted.ts';

/** What a number is by its name: from, to, and how many decimals it usually has. */
const BY_NAME: readonly (readonly [RegExp, readonly [number, number, number]])[] = [
  [/(confidence|probability|likelihood|similarity|share|ratio)$/, [0.55, 0.98, 2]],
  [/(rating|stars)$/, [3, 5, 0]],
  [/(score|percent|percentage|progress)$/, [50, 95, 0]],
  [/(price|cost|amount|total|subtotal|fee|budget)$/, [5, 120, 2]],
  [/year$/, [2020, 2025, 0]],
  [/month$/, [1, 12, 0]],
  [/(^|_)day$/, [1, 28, 0]],
  [/age$/, [18, 70, 0]],
  [/(lat|latitude)$/, [-60, 60, 4]],
  [/(lng|lon|longitude)$/, [-150, 150, 4]],
  [/temperature/, [5, 30, 1]],
];

export function numberFor(schema: Schema, wanted: Wanted, whole: boolean, material: Material): number {
  const { least, most } = bounds(schema, whole);
  const step = Number(schema.multipleOf ?? (whole ? 1 : 0));
  const fits = (value: number): boolean =>
    value >= least && value <= most && (!whole || Number.isInteger(value)) && (step <= 0 || isMultiple(value, step));
  const said = numbersSaid(wanted, material).find(fits);
  if (said !== undefined) return said;
  return step > 0
    ? drawnMultiple(step, whole, least, most, wanted.key, material)
    : drawn(least, most, wanted.key, material);
}

/** Exclusive bounds as inclusive ones that are close by; in draft 4 they are booleans beside the bound. */
function bounds(schema: Schema, whole: boolean): { least: number; most: number } {
  const above =
    typeof schema.exclusiveMinimum === 'number'
      ? schema.exclusiveMinimum
      : schema.exclusiveMinimum === true
        ? Number(schema.minimum)
        : null;
  const below =
    typeof schema.exclusiveMaximum === 'number'
      ? schema.exclusiveMaximum
      : schema.exclusiveMaximum === true
        ? Number(schema.maximum)
        : null;
  let least = Math.max(Number(schema.minimum ?? -Infinity), above === null ? -Infinity : next(above, 1, whole));
  let most = Math.min(Number(schema.maximum ?? Infinity), below === null ? Infinity : next(below, -1, whole));
  if (whole) [least, most] = [Math.ceil(least), Math.floor(most)];
  return { least, most };
}

function next(bound: number, direction: 1 | -1, whole: boolean): number {
  if (whole) return direction === 1 ? Math.floor(bound) + 1 : Math.ceil(bound) - 1;
  return bound + direction * Math.max(Math.abs(bound), 1e-6) * 2 ** -50;
}

function drawnMultiple(
  step: number,
  whole: boolean,
  least: number,
  most: number,
  key: string,
  material: Material,
): number {
  const [first, last] = [Math.ceil(least / step), Math.floor(most / step)];
  const near = Math.round(drawn(least, most, key, material) / step);
  // Whole numbers that are multiples of a fraction: of its numerator too.
  for (let offset = 0; offset <= 1000; offset += 1) {
    for (const index of [near + offset, near - offset]) {
      const value = tidy(index * step);
      if (index >= first && index <= last && (!whole || Number.isInteger(value)) && isMultiple(value, step))
        return value;
    }
  }
  return tidy(first * step);
}

function drawn(least: number, most: number, key: string, { draws }: Material): number {
  const [from, to, decimals] = BY_NAME.find(([pattern]) => pattern.test(key))?.[1] ?? [1, 20, 0];
  const [low, high] = overlap(from, to, least, most);
  const value = Number((low + (high - low) * draws.unit()).toFixed(decimals));
  return Math.min(Math.max(value, least), most);
}

/** The usual range as far as the bounds allow it; where they don't, one that begins at a bound. */
function overlap(from: number, to: number, least: number, most: number): readonly [number, number] {
  const [low, high] = [Math.max(from, least), Math.min(to, most)];
  if (low <= high) return [low, high];
  if (Number.isFinite(least)) return [least, Math.min(most, least + 20)];
  return [most - 20, most];
}

function isMultiple(value: number, step: number): boolean {
  return Number.isInteger(value / step);
}

/** 3 × 0.1 is 0.3. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
