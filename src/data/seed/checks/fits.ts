import type { Bound, Domain } from '../domain.ts';
import type { RangeValue, Value } from '../value.ts';
import { matches } from './text/matches.ts';

/**
 * Whether a value is of a domain. Numbers have to be in the unit of their type, as everywhere; a text `\x…` of hexadecimal
 * digits is as long as its bytes.
 */
export function fits(value: Value, domain: Domain): boolean {
  if (value === null) return domain.nullable !== 'never';
  if (domain.nullable === 'always') return false;
  return (
    (domain.oneOf === null || domain.oneOf.some((one) => same(one, value))) &&
    !domain.noneOf.some((one) => same(one, value)) &&
    (isRange(value) ? hasEnds(value, domain) : within(value, domain) && isLong(value, domain)) &&
    domain.patterns.every((pattern) => typeof value !== 'string' || matches(value, pattern)) &&
    domain.modulo.every(({ divisor, remainder }) => typeof value !== 'number' || value % divisor === remainder) &&
    (domain.jsonType === null || typeof value !== 'string' || jsonTypeOf(value) === domain.jsonType)
  );
}

function within(value: Value, { min, max }: Domain): boolean {
  return typeof value !== 'number' || (isAfter(value, min) && isBefore(value, max));
}

function isAfter(value: number, min: Bound | null): boolean {
  return min === null || value > min.value || (value === min.value && min.inclusive);
}

function isBefore(value: number, max: Bound | null): boolean {
  return max === null || value < max.value || (value === max.value && max.inclusive);
}

function isLong(value: Value, { minLength, maxLength }: Domain): boolean {
  const length = lengthOf(value);
  return length === null || (length >= (minLength ?? 0) && length <= (maxLength ?? Number.POSITIVE_INFINITY));
}

function lengthOf(value: Value): number | null {
  if (typeof value === 'string') return /^\\x([0-9a-f]{2})*$/.test(value) ? value.length / 2 - 1 : [...value].length;
  return value !== null && typeof value === 'object' && 'items' in value ? value.items.length : null;
}

function isRange(value: Value): value is RangeValue {
  return value !== null && typeof value === 'object' && 'lower' in value;
}

function hasEnds({ lower, upper }: RangeValue, { min, max, minLength }: Domain): boolean {
  if (minLength !== null && lower !== null && lower === upper) return false;
  if (min !== null && (lower === null || (typeof lower === 'number' && !isAfter(lower, min)))) return false;
  return max === null || (upper !== null && (typeof upper !== 'number' || isBefore(upper, max)));
}

function jsonTypeOf(text: string): string {
  const value: unknown = JSON.parse(text);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function same(one: Value, other: Value): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
