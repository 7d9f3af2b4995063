import { isObject } from '../json.ts';
import { DEEP, type Maker } from './maker.ts';
import { asSchema, merged, type Schema } from './schema.ts';
import { propertyOf, type Wanted, wantedOf } from './wanted.ts';

/** However many properties a schema asks for. */
const MOST = 1000;

export function objectFor(schema: Schema, wanted: Wanted, depth: number, maker: Maker): Record<string, unknown> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
  const result: Record<string, unknown> = {};
  const beside = Object.keys(properties);
  const inner = (name: string): Wanted => propertyOf(wanted, name, beside);
  let left = Number(schema.maxProperties ?? Infinity) - required.size;
  for (const [name, property] of Object.entries(properties)) {
    if (!required.has(name)) {
      if (left <= 0 || depth >= DEEP || property === false || maker.heights.of(asSchema(property)) === Infinity)
        continue;
      left -= 1;
    }
    put(result, name, maker.value(asSchema(property), inner(name), depth + 1));
  }
  for (const name of required) {
    if (!Object.hasOwn(properties, name))
      put(result, name, maker.value(unlisted(schema, name), inner(name), depth + 1));
  }
  fill(result, schema, inner, depth, maker);
  return result;
}

/** What a property that isn't listed has to be. */
function unlisted(schema: Schema, name: string): Schema {
  const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  const fitting = patterns
    .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
    .map(([, inner]) => asSchema(inner));
  return fitting.length > 0 ? fitting.reduce(merged) : asSchema(schema.additionalProperties);
}

/** Properties of no given name: of a map, or to have as many as are asked for. */
function fill(
  result: Record<string, unknown>,
  schema: Schema,
  inner: (name: string) => Wanted,
  depth: number,
  maker: Maker,
): void {
  const isMap = isObject(schema.additionalProperties) && !isObject(schema.properties);
  const usual = isMap && depth < DEEP ? Math.min(2, Number(schema.maxProperties ?? 2)) : 0;
  const wanted = Math.min(Math.max(Number(schema.minProperties ?? 0), usual), MOST);
  const names = namesOf(schema);
  for (let index = 0; Object.keys(result).length < wanted && index < wanted + 20; index += 1) {
    const isTaken = (name: string): boolean => Object.hasOwn(result, name);
    const name = maker.fresh(isTaken, () => nameFor(names, index, maker));
    if (!isTaken(name)) put(result, name, maker.value(unlisted(schema, name), inner(name), depth + 1));
  }
}

/** What names of properties have to be: any, as `propertyNames` says, or the first pattern where no other may be there. */
function namesOf(schema: Schema): Schema {
  const names = asSchema(schema.propertyNames);
  if ('pattern' in names || 'enum' in names || schema.additionalProperties !== false) return names;
  const [pattern] = isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
  return pattern === undefined ? {} : { pattern };
}

function nameFor(names: Schema, index: number, maker: Maker): string {
  if (Object.keys(names).length === 0) return maker.material.keywords[index] ?? `key${index + 1}`;
  // A pattern that is open at its end has another text of each length.
  const open = typeof names.pattern === 'string' && !names.pattern.endsWith('$') ? { minLength: index + 3 } : {};
  return String(maker.value({ type: 'string', ...open, ...names }, wantedOf(''), DEEP));
}

/** Own properties only: `__proto__` is a name like any other here. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}
