import { DEEP, type Maker } from './maker.ts';
import { asSchema, merged, resolved, type Schema, schemasOf } from './schema.ts';

/** However many a schema asks for. */
const MOST = 1000;

/** Strings of such schemas can't be told apart by a number behind them. */
const BOUND = ['pattern', 'format', 'enum', 'const', 'maxLength'];

export function arrayFor(schema: Schema, name: string, depth: number, maker: Maker): unknown[] {
  const first = schemasOf(schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []));
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const contained = schema.contains === undefined ? 0 : Number(schema.minContains ?? 1);
  const count = Math.min(Math.max(countOf(schema, first.length, rest, depth, maker), contained), MOST);
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const inner = resolved(first[index] ?? asSchema(rest), maker.root);
    const item = index < contained ? merged(inner, resolved(asSchema(schema.contains), maker.root)) : inner;
    const make = (): unknown => maker.value(item, singular(name), depth + 1);
    const value = schema.uniqueItems === true ? unique(item, seen, make, maker) : make();
    if (schema.uniqueItems !== true || !seen.has(JSON.stringify(value))) items.push(value);
    seen.add(JSON.stringify(value));
  }
  return items;
}

function countOf(schema: Schema, first: number, rest: unknown, depth: number, { heights, material }: Maker): number {
  const least = Number(schema.minItems ?? 0);
  const most = Math.min(Number(schema.maxItems ?? Infinity), rest === false ? first : Infinity);
  if (depth >= DEEP || heights.of(asSchema(rest)) === Infinity) return Math.min(least, most);
  const usual = Math.max(first, material.draws.between(2, 3));
  return Math.min(Math.max(least, usual), most);
}

function unique(schema: Schema, seen: ReadonlySet<string>, make: () => unknown, maker: Maker): unknown {
  const value = maker.fresh((one) => seen.has(JSON.stringify(one)), make);
  const isFree = typeof value === 'string' && !BOUND.some((key) => key in schema);
  return isFree && seen.has(JSON.stringify(value)) ? `${value} ${seen.size + 1}` : value;
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}
