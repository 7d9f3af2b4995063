import { textsOf } from '../../src/data/seed/checks/index.ts';
import { meet } from '../../src/data/seed/checks/meet.ts';
import type { Alternative, Comparison, Domain } from '../../src/data/seed/domain.ts';
import { ANY } from '../../src/data/seed/domain.ts';
import { mirrored } from '../../src/data/seed/operator.ts';
import { baseOf, type Column, type Type } from '../../src/data/seed/schema.ts';
import type { Draws } from '../../src/lib/draws.ts';

const DAY = 86_400_000;

/** A row that follows an alternative, as text for Postgres by column: the plainest values that do. */
export function sampleRow(way: Alternative, columns: readonly Column[], draws: Draws): Record<string, string | null> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const numbers = new Map<string, number | null>();
    const row: Record<string, string | null> = {};
    let fits = true;
    for (const { name, type } of columns) {
      const compared = way.comparisons.some(({ left, right }) => left === name || right === name);
      if (!way.domains.has(name) && !compared) continue;
      const domain = narrowed(way.domains.get(name) ?? ANY, name, way.comparisons, numbers);
      const value = domain && sample(domain, baseOf(type), draws);
      if (domain === null || value === undefined) fits = false;
      if (typeof value === 'number' || value === null) numbers.set(name, value);
      row[name] = value === undefined ? null : asText(value, baseOf(type));
    }
    if (fits) return row;
  }
  throw new Error(`nothing fits ${JSON.stringify([...way.domains])} ${JSON.stringify(way.comparisons)}`);
}

/** What comparisons with columns that have their value leave of a domain. */
function narrowed(
  domain: Domain,
  name: string,
  all: readonly Comparison[],
  numbers: Map<string, number | null>,
): Domain | null {
  let narrow: Domain | null = domain;
  for (const { left, operator, right, offset } of all) {
    const other = left === name ? numbers.get(right) : right === name ? numbers.get(left) : undefined;
    if (other === undefined || other === null || narrow === null) continue;
    const value = left === name ? other + offset : other - offset;
    narrow = meet(narrow, compared(left === name ? operator : mirrored(operator), value));
  }
  return narrow;
}

function compared(operator: Comparison['operator'], value: number): Domain {
  if (operator === '=') return { ...ANY, oneOf: [value] };
  if (operator === '<>') return { ...ANY, noneOf: [value] };
  const bound = { value, inclusive: operator.endsWith('=') };
  return operator.startsWith('<') ? { ...ANY, max: bound } : { ...ANY, min: bound };
}

type Base = Exclude<Type, { kind: 'domain' }>;
type Sample = string | number | boolean | null | undefined;

function sample(domain: Domain, type: Base, draws: Draws): Sample {
  if (domain.nullable === 'always' || (domain.nullable === 'free' && draws.chance(0.2))) return null;
  if (domain.oneOf) return draws.pick(domain.oneOf) as Sample;
  const name = type.kind === 'scalar' ? type.name : type.kind;
  if (/^(int|float|numeric|date|time|interval)/.test(name)) return sampleNumber(domain, type, draws);
  if (/^(text|varchar|bpchar)$/.test(name)) return textsOf(domain)?.text(draws) ?? undefined;
  if (name === 'bool') return draws.chance(0.5);
  if (name === 'enum') return type.kind === 'enum' ? draws.pick(type.labels) : undefined;
  if (name === 'jsonb') return JSON_SAMPLES[domain.jsonType ?? 'object'];
  if (name === 'uuid') return '7b1c1a52-7a5d-4a6e-9d3e-3c1f0f6a2b11';
  const length = draws.between(domain.minLength ?? 0, Math.min(domain.maxLength ?? 9, (domain.minLength ?? 0) + 5));
  if (name === 'array') return `{${Array.from({ length }, () => draws.pick(['a', 'b'])).join()}}`;
  if (name === 'bytea') return `\\x${'ab'.repeat(length)}`;
  return sampleRange(domain, draws);
}

const JSON_SAMPLES: Readonly<Record<string, string>> = {
  object: '{"a": 1}',
  array: '[1]',
  string: '"a"',
  number: '1',
  boolean: 'true',
  null: 'null',
};

function sampleRange(domain: Domain, draws: Draws): string {
  const low = finite(domain.min?.value) ?? (finite(domain.max?.value) ?? 100) - 10;
  const high = finite(domain.max?.value) ?? low + 20;
  const from = low + (domain.min?.inclusive === false ? 1 : 0);
  const to = high - (domain.max?.inclusive === false ? 1 : 0);
  return `[${from},${draws.between(from + 1, to)})`;
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

function sampleNumber({ min, max, noneOf, modulo }: Domain, type: Base, draws: Draws): number | undefined {
  const { name, scale } = type.kind === 'scalar' ? type : { name: '', scale: null };
  const step = name.startsWith('float') ? 0.01 : 10 ** -(scale ?? 0);
  const most = name === 'time' ? DAY - 1 : name === 'int8' ? 2 ** 53 : 2 ** 31;
  const low = Math.max(
    finite(min?.value) ?? Math.min((finite(max?.value) ?? 50) - 100, 0),
    name === 'time' ? 0 : -most,
  );
  const high = Math.min(
    finite(max?.value) ?? Math.max(low, 0) + 100 * step,
    name.startsWith('timestamp') ? 1e14 : most,
  );
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const first = Math.ceil(low / step);
    const value = Number((draws.between(first, Math.max(first, Math.floor(high / step))) * step).toFixed(6));
    const within =
      (value > low || (value === low && min?.inclusive !== false)) &&
      (value < high || (value === high && max?.inclusive !== false));
    if (within && !noneOf.includes(value) && modulo.every((one) => value % one.divisor === one.remainder)) return value;
  }
  return undefined;
}

function asText(value: string | number | boolean | null, type: Base): string | null {
  if (value === null || typeof value !== 'number' || type.kind !== 'scalar')
    return value === null ? null : String(value);
  if (type.name === 'date') return new Date(value * DAY).toISOString().slice(0, 10);
  if (type.name.startsWith('timestamp')) return new Date(value).toISOString();
  if (type.name === 'time') return new Date(value).toISOString().slice(11, 23);
  return type.name === 'interval' ? `${value} milliseconds` : String(value);
}
