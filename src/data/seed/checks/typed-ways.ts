import type { Bound, Domain } from '../domain.ts';
import { ANY } from '../domain.ts';
import type { Column, Type } from '../schema.ts';
import { baseOf } from '../schema.ts';
import { refusesNull } from '../types.ts';
import { DAY } from '../value.ts';
import { areApart, bounded } from './differences.ts';
import { meet, tidied } from './meet.ts';
import type { Way, Ways } from './ways.ts';

/** A way with what the types of its columns allow; null where that leaves nothing. */
function typed(way: Way, columns: ReadonlyMap<string, Column>): Way | null {
  const tidy = (name: string, domain: Domain) => {
    const column = columns.get(name);
    return column ? withType(domain, column) : domain;
  };
  const domains = new Map<string, Domain>();
  const compared = way.comparisons.flatMap(({ left, right }) => [left, right]);
  for (const name of new Set([...way.domains.keys(), ...compared])) {
    const left = tidy(name, way.domains.get(name) ?? ANY);
    if (left === null) return null;
    domains.set(name, left);
  }
  const left = bounded(domains, way.comparisons, tidy);
  return left && areApart(way.comparisons, left) ? { ...way, domains: left } : null;
}

function withType(domain: Domain, column: Column): Domain | null {
  const type = baseOf(column.type);
  const left = meet(domain, domainOfType(column));
  const digits = digitsOf(type);
  const whole = left && digits !== null ? tidied(inSteps(left, digits)) : left;
  if (whole === null || whole.nullable === 'always') return whole;
  const [low, high] = limitsOf(type);
  const inside = meet(whole, { ...ANY, min: { value: low, inclusive: true }, max: { value: high, inclusive: true } });
  if (inside === null || inside.nullable === 'always') return inside;
  return whole;
}

function domainOfType({ type, notNull }: Column): Domain {
  const base = baseOf(type);
  const own: Domain = { ...ANY, nullable: notNull || refusesNull(type) ? 'never' : 'free' };
  if (base.kind === 'enum') return { ...own, oneOf: base.labels };
  if (base.kind !== 'scalar' || base.length === null || !/^(varchar|bpchar|char)$/.test(base.name)) return own;
  return { ...own, maxLength: base.length };
}

/** After the point; null where there is no end of them. */
function digitsOf(type: Type): number | null {
  if (type.kind !== 'scalar') return null;
  if (/^(int[248]|oid|date)$/.test(type.name)) return 0;
  return type.name === 'numeric' && type.precision !== null ? (type.scale ?? 0) : null;
}

/** Bounds that are values of the type: above 0 with two digits is from 0.01 on, also for a value that is rounded later. */
function inSteps(domain: Domain, digits: number): Domain {
  const many = 10 ** digits;
  const step = (bound: Bound | null, sign: 1 | -1): Bound | null => {
    if (bound === null || !Number.isFinite(bound.value)) return bound;
    const exact = Number((bound.value * many).toFixed(6));
    const near = sign > 0 ? Math.ceil(exact) : Math.floor(exact);
    return { value: (near === exact && !bound.inclusive ? near + sign : near) / many, inclusive: true };
  };
  const isStep = (value: number) => Number((value * many).toFixed(6)) % 1 === 0;
  const oneOf = domain.oneOf?.filter((value) => typeof value !== 'number' || isStep(value)) ?? null;
  return { ...domain, min: step(domain.min, 1), max: step(domain.max, -1), oneOf };
}

const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  int2: [-(2 ** 15), 2 ** 15 - 1],
  int4: [-(2 ** 31), 2 ** 31 - 1],
  int8: [-(2 ** 63), 2 ** 63],
  oid: [0, 2 ** 32 - 1],
  time: [0, DAY],
};

const ENDLESS = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

function limitsOf(type: Type): readonly [number, number] {
  if (type.kind !== 'scalar') return ENDLESS;
  const digits = type.name === 'numeric' && type.precision !== null ? type.precision - (type.scale ?? 0) : null;
  if (digits !== null) return [-(10 ** digits), 10 ** digits];
  return LIMITS[type.name] ?? ENDLESS;
}

/** The ways that the types of the columns leave. */
export function typedWays({ list, whole }: Ways, columns: ReadonlyMap<string, Column>): Ways {
  return { list: list.flatMap((way) => typed(way, columns) ?? []), whole };
}
