import type { Bound, Domain } from '../domain.ts';
import { ANY } from '../domain.ts';
import { fits } from './fits.ts';
import { unlike } from './unlike.ts';

/** What is left of a domain that only NULL fits. */
const ONLY_NULL: Domain = { ...ANY, nullable: 'always' };

/** Where both hold; null where nothing does, not even NULL. */
export function meet(one: Domain, other: Domain): Domain | null {
  const nullable = one.nullable === 'free' ? other.nullable : one.nullable;
  if (other.nullable !== 'free' && other.nullable !== nullable) return null;
  if (nullable === 'always') return ONLY_NULL;
  if (one.jsonType !== null && other.jsonType !== null && one.jsonType !== other.jsonType) return leftOf(nullable);
  return tidied({
    nullable,
    min: narrower(one.min, other.min, 1),
    max: narrower(one.max, other.max, -1),
    oneOf: one.oneOf === null ? other.oneOf : other.oneOf === null ? one.oneOf : common(one.oneOf, other.oneOf),
    noneOf: unlike([...one.noneOf, ...other.noneOf]),
    minLength: least(one.minLength, other.minLength, Math.max),
    maxLength: least(one.maxLength, other.maxLength, Math.min),
    patterns: unlike([...one.patterns, ...other.patterns]),
    modulo: unlike([...one.modulo, ...other.modulo]),
    jsonType: one.jsonType ?? other.jsonType,
  });
}

/** The same domain said shortly: a list holds only what fits the rest, which is then said already. */
export function tidied(domain: Domain): Domain | null {
  if (domain.oneOf === null) return hasRoom(domain) ? domain : leftOf(domain.nullable);
  const oneOf = domain.oneOf.filter((value) => fits(value, { ...domain, oneOf: null }));
  return oneOf.length > 0 ? { ...ANY, nullable: domain.nullable, oneOf } : leftOf(domain.nullable);
}

function leftOf(nullable: Domain['nullable']): Domain | null {
  return nullable === 'never' ? null : ONLY_NULL;
}

function hasRoom({ min, max, minLength, maxLength, modulo }: Domain): boolean {
  if (minLength !== null && maxLength !== null && minLength > maxLength) return false;
  if (maxLength !== null && maxLength < 0) return false;
  if (min && max && (min.value > max.value || (min.value === max.value && !(min.inclusive && max.inclusive))))
    return false;
  return modulo.every((one) => modulo.every((other) => agree(one, other)) && signFits(one, min, max));
}

type Modulo = Domain['modulo'][number];

/** Whether a number can have both remainders (the Chinese remainder theorem), which have the sign of the number. */
function agree(one: Modulo, other: Modulo): boolean {
  return (
    one.remainder * other.remainder >= 0 &&
    (one.remainder - other.remainder) % greatestCommonDivisor(one.divisor, other.divisor) === 0
  );
}

function signFits({ remainder }: Modulo, min: Bound | null, max: Bound | null): boolean {
  if (remainder > 0) return max === null || max.value >= remainder;
  return remainder === 0 || min === null || min.value <= remainder;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

function narrower(one: Bound | null, other: Bound | null, sign: 1 | -1): Bound | null {
  if (one === null || other === null) return one ?? other;
  if (one.value === other.value) return one.inclusive ? other : one;
  return (one.value - other.value) * sign > 0 ? one : other;
}

function least(one: number | null, other: number | null, pick: (a: number, b: number) => number): number | null {
  return one === null || other === null ? (one ?? other) : pick(one, other);
}

function common<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  const known = new Set(other.map((value) => JSON.stringify(value)));
  return one.filter((value) => known.has(JSON.stringify(value)));
}
