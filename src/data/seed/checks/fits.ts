import type { Bound, Domain } from '../domain.ts';
import type { Value } from '../value.ts';
import { matches } from './text/matches.ts';

/** Whether a value is of a domain. Numbers have to be in the unit of their type, as everywhere. */
export function fits(value: Value, domain: Domain): boolean {
  if (value === null) return domain.nullable !== 'never';
  if (domain.nullable === 'always') return false;
  return (
    (domain.oneOf === null || domain.oneOf.some((one) => same(one, value))) &&
    !domain.noneOf.some((one) => same(one, value)) &&
    within(value, domain.min, domain.max) &&
    isLong(value, domain) &&
    domain.patterns.every((pattern) => typeof value !== 'string' || matches(value, pattern)) &&
    domain.modulo.every(({ divisor, remainder }) => typeof value !== 'number' || value % divisor === remainder)
  );
}

function within(value: Value, min: Bound | null, max: Bound | null): boolean {
  if (typeof value !== 'number') return true;
  if (min && (value < min.value || (value === min.value && !min.inclusive))) return false;
  return !(max && (value > max.value || (value === max.value && !max.inclusive)));
}

function isLong(value: Value, { minLength, maxLength }: Domain): boolean {
  const length = typeof value === 'string' ? [...value].length : isArray(value) ? value.items.length : null;
  return length === null || (length >= (minLength ?? 0) && length <= (maxLength ?? Number.POSITIVE_INFINITY));
}

function isArray(value: Value): value is { readonly items: readonly Value[] } {
  return value !== null && typeof value === 'object' && 'items' in value;
}

function same(one: Value, other: Value): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
