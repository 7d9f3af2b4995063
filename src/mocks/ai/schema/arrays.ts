import { readable } from '../facts/facts.ts';
import { relation } from '../facts/related.ts';
import { segmentsOf } from '../facts/segments.ts';
import { isObject } from '../json.ts';
import { DEEP, type Maker } from './maker.ts';
import { type Material, partOf } from './material.ts';
import { saidAmong } from './options.ts';
import { asSchema, merged, resolved, type Schema, schemasOf, typeOf } from './schema.ts';
import { stringsSaid } from './strings.ts';
import { itemOf, type Wanted } from './wanted.ts';

/** However many a schema asks for. */
const MOST = 1000;

/** Strings of such schemas can't be told apart by a number behind them. */
const BOUND = ['pattern', 'format', 'enum', 'const', 'maxLength'];

export function arrayFor(schema: Schema, wanted: Wanted, depth: number, maker: Maker): unknown[] {
  const first = schemasOf(schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []));
  const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
  const contained = schema.contains === undefined ? 0 : Number(schema.minContains ?? 1);
  const inside = itemOf(wanted);
  const said =
    first.length > 0 || contained > 0 ? NOTHING : saidFor(resolved(asSchema(rest), maker.root), inside, maker.material);
  const length = Math.max(said.texts.length, said.parts.length);
  const count = Math.min(
    Math.max(countOf(schema, first.length, rest, length, countSaid(wanted, maker.material), depth, maker), contained),
    MOST,
  );
  const items: unknown[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const inner = resolved(first[index] ?? asSchema(rest), maker.root);
    const item = index < contained ? merged(inner, resolved(asSchema(schema.contains), maker.root)) : inner;
    const material = said.parts[index];
    const make = (): unknown => maker.value(item, inside, depth + 1);
    const own = (): unknown => (material ? maker.within(material, make) : make());
    const isApart = schema.uniqueItems === true || isScalar(item);
    const value = said.texts[index] ?? (isApart ? unique(item, seen, own, maker) : own());
    if (schema.uniqueItems !== true || !seen.has(JSON.stringify(value))) items.push(value);
    seen.add(JSON.stringify(value));
  }
  return items;
}

interface SaidItems {
  readonly texts: readonly string[];
  /** What each item is made of. */
  readonly parts: readonly Material[];
}

const NOTHING: SaidItems = { texts: [], parts: [] };

/** What the conversation lists itself: strings of the kind, or parts that each tell of one thing. */
function saidFor(item: Schema, wanted: Wanted, material: Material): SaidItems {
  const type = typeOf(item);
  if (type === 'string') {
    const options = Array.isArray(item.enum) ? item.enum.filter((one) => typeof one === 'string') : null;
    return { parts: [], texts: options ? saidAmong(options, material.text) : stringsSaid(item, wanted, material) };
  }
  if (type !== 'object' || !isObject(item.properties)) return NOTHING;
  const { lines, counted, people } = segmentsOf(readable(material.text), material.facts);
  const names = Object.keys(item.properties);
  const isCounted = names.some((name) => /(quantity|qty|count|price|amount)$/i.test(name));
  const isPerson = !isCounted && names.some((name) => /^(?:name|first_?name|full_?name|person)$/i.test(name));
  const texts = lines.length > 0 ? lines : isCounted ? counted : isPerson ? people : [];
  return { texts: [], parts: texts.map((text) => partOf(material, text)) };
}

/** How many the text wants: "3 users". */
function countSaid({ words }: Wanted, { facts }: Material): number | null {
  const wanted = facts.amounts.find(({ unit }) =>
    unit.some((said) => words.some((word) => relation(word, said) === 1)),
  );
  return wanted && Number.isInteger(wanted.value) && wanted.value > 0 ? Math.min(wanted.value, MOST_COUNTED) : null;
}

const MOST_COUNTED = 30;

/** Values in which it would be seen that they are equal, and that are made quickly. */
function isScalar(item: Schema): boolean {
  const type = typeOf(item);
  return 'enum' in item || type === 'string' || type === 'integer' || type === 'number';
}

function countOf(
  schema: Schema,
  first: number,
  rest: unknown,
  said: number,
  counted: number | null,
  depth: number,
  { heights, material }: Maker,
): number {
  const least = Number(schema.minItems ?? 0);
  const most = Math.min(Number(schema.maxItems ?? Infinity), rest === false ? first : Infinity);
  if (depth >= DEEP || heights.of(asSchema(rest)) === Infinity) return Math.min(least, most);
  const usual = said > 0 ? said : Math.max(first, counted ?? material.draws.between(2, 3));
  return Math.min(Math.max(least, usual), most);
}

function unique(schema: Schema, seen: ReadonlySet<string>, make: () => unknown, maker: Maker): unknown {
  const value = maker.fresh((one) => seen.has(JSON.stringify(one)), make);
  const isFree = typeof value === 'string' && !BOUND.some((key) => key in schema);
  return isFree && seen.has(JSON.stringify(value)) ? `${value} ${seen.size + 1}` : value;
}
