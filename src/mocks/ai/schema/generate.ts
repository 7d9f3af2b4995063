import { isObject } from '../json.ts';
import { withDescribed } from './described.ts';
import { Heights } from './height.ts';
import { drawnOnly, type Material } from './material.ts';
import { numberFor } from './numbers.ts';
import { asSchema, merged, resolved, type Schema, schemasOf, typeOf } from './schema.ts';
import { stringFor } from './strings.ts';

/** From this level on, what needn't be there isn't. */
const DEEP = 4;

/** A value that a schema describes, made of the material. */
export function generate(schema: unknown, material: Material, name = ''): unknown {
  const root = asSchema(schema);
  return new Generator(root, material).value(root, name, 0);
}

class Generator {
  readonly #root: Schema;
  #material: Material;
  readonly #heights: Heights;

  constructor(root: Schema, material: Material) {
    this.#root = root;
    this.#material = material;
    this.#heights = new Heights(root);
  }

  value(given: Schema, name: string, depth: number): unknown {
    const schema = withDescribed(this.#decided(resolved(given, this.#root), depth));
    if ('const' in schema) return schema.const;
    if (Array.isArray(schema.enum)) return this.#oneOf(schema.enum, schema);
    switch (this.#type(schema, name, depth)) {
      case 'null':
        return null;
      case 'boolean':
        return !/^(is_?)?(error|deleted|spam|flagged)/i.test(name);
      case 'integer':
        return numberFor(schema, name, true, this.#material);
      case 'number':
        return numberFor(schema, name, false, this.#material);
      case 'array':
        return this.#array(schema, name, depth);
      case 'object':
        return this.#object(schema, depth);
      default:
        return stringFor(schema, name, this.#material);
    }
  }

  /** With one branch of each alternative taken, until there are none. */
  #decided(schema: Schema, depth: number): Schema {
    let result = schema;
    for (let count = 0; count < 20; count += 1) {
      const key = 'anyOf' in result ? 'anyOf' : 'oneOf' in result ? 'oneOf' : null;
      if (!key) break;
      const { [key]: alternatives, ...beside } = result;
      const branches = schemasOf(alternatives);
      const branch = branches.length > 0 ? this.#branch(branches, depth) : {};
      result = merged(beside as Schema, resolved(branch, this.#root));
    }
    return result;
  }

  /** Something rather than null, and deep down what ends soonest. */
  #branch(branches: readonly Schema[], depth: number): Schema {
    const heights = branches.map((branch) => this.#heights.of(branch));
    const lowest = Math.min(...heights);
    const possible = branches.filter((_, index) =>
      depth >= DEEP ? heights[index] === lowest : (heights[index] ?? 0) < Infinity,
    );
    const some = possible.filter((branch) => resolved(branch, this.#root).type !== 'null');
    return this.#material.draws.pick(some.length > 0 ? some : possible.length > 0 ? possible : branches);
  }

  #type(schema: Schema, name: string, depth: number): string {
    const type = typeOf(schema);
    if (type === null) return nameType(name);
    if (typeof type === 'string') return type;
    const some = type.filter((one) => one !== 'null');
    const scalar = some.filter((one) => one !== 'object' && one !== 'array');
    if (depth >= DEEP && scalar.length === 0 && type.includes('null')) return 'null';
    const possible = depth >= DEEP && scalar.length > 0 ? scalar : some;
    return possible.length > 0 ? this.#material.draws.pick(possible) : 'null';
  }

  /** A value that the request names comes first. */
  #oneOf(values: readonly unknown[], schema: Schema): unknown {
    const types = schema.type === undefined ? null : [schema.type].flat();
    const possible = values.filter((value) => !types || types.some((type) => isOfType(value, String(type))));
    const named = possible.find((value) => typeof value === 'string' && value !== '' && this.#isSaid(value));
    const some = possible.filter((value) => value !== null);
    return named ?? this.#material.draws.pick(some.length > 0 ? some : values);
  }

  #isSaid(value: string): boolean {
    return this.#material.text.toLowerCase().includes(value.toLowerCase().replaceAll('_', ' '));
  }

  #array(schema: Schema, name: string, depth: number): unknown[] {
    const first = schemasOf(schema.prefixItems ?? (Array.isArray(schema.items) ? schema.items : []));
    const rest = Array.isArray(schema.items) ? schema.additionalItems : schema.items;
    const items: unknown[] = [];
    const count = this.#count(schema, first.length, rest, depth);
    const contained = schema.contains === undefined ? 0 : Number(schema.minContains ?? 1);
    const seen = new Set<string>();
    for (let index = 0; index < Math.max(count, contained); index += 1) {
      const inner = resolved(first[index] ?? asSchema(rest), this.#root);
      const item = index < contained ? merged(inner, resolved(asSchema(schema.contains), this.#root)) : inner;
      const make = (): unknown => this.value(item, singular(name), depth + 1);
      const value = schema.uniqueItems === true ? this.#unique(item, seen, make) : make();
      if (schema.uniqueItems !== true || !seen.has(JSON.stringify(value))) items.push(value);
      seen.add(JSON.stringify(value));
    }
    return items;
  }

  #unique(schema: Schema, seen: ReadonlySet<string>, make: () => unknown): unknown {
    const value = this.#fresh((one) => seen.has(JSON.stringify(one)), make);
    const isFree =
      typeof value === 'string' && !['pattern', 'format', 'enum', 'const', 'maxLength'].some((key) => key in schema);
    return isFree && seen.has(JSON.stringify(value)) ? `${value} ${seen.size + 1}` : value;
  }

  #count(schema: Schema, first: number, rest: unknown, depth: number): number {
    const least = Number(schema.minItems ?? 0);
    const most = Math.min(Number(schema.maxItems ?? Infinity), rest === false ? first : Infinity);
    const usual =
      depth >= DEEP || this.#heights.of(asSchema(rest)) === Infinity
        ? least
        : first + this.#material.draws.between(2, 3);
    return Math.min(Math.max(least, Math.min(usual, Math.max(first, 3))), most);
  }

  /** Another than those before, as far as there are others: what is said outright is only so much. */
  #fresh<T>(isKnown: (value: T) => boolean, make: () => T): T {
    const said = this.#material;
    let value = make();
    this.#material = drawnOnly(said);
    for (let index = 0; index < 30 && isKnown(value); index += 1) value = make();
    this.#material = said;
    return value;
  }

  #object(schema: Schema, depth: number): Record<string, unknown> {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const required = new Set(Array.isArray(schema.required) ? schema.required.map(String) : []);
    const result: Record<string, unknown> = {};
    const most = Number(schema.maxProperties ?? Infinity);
    let left = most - required.size;
    for (const [name, property] of Object.entries(properties)) {
      const wanted = depth < DEEP && left > 0 && property !== false && this.#heights.of(asSchema(property)) < Infinity;
      if (!required.has(name) && !wanted) continue;
      if (!required.has(name)) left -= 1;
      put(result, name, this.value(asSchema(property), name, depth + 1));
    }
    for (const name of required)
      if (!(name in properties)) put(result, name, this.value(this.#unnamed(schema, name), name, depth + 1));
    this.#fill(result, schema, depth);
    return result;
  }

  /** What a property that isn't listed has to be. */
  #unnamed(schema: Schema, name: string): Schema {
    const patterns = isObject(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
    const fitting = patterns
      .filter(([pattern]) => new RegExp(pattern, 'u').test(name))
      .map(([, inner]) => asSchema(inner));
    return fitting.length > 0 ? fitting.reduce(merged) : asSchema(schema.additionalProperties);
  }

  /** Properties of no given name: of a map, or to have as many as are asked for. */
  #fill(result: Record<string, unknown>, schema: Schema, depth: number): void {
    const isMap = isObject(schema.additionalProperties) && !isObject(schema.properties);
    const least = Number(schema.minProperties ?? 0);
    const wanted = Math.max(least, isMap && depth < DEEP ? Math.min(2, Number(schema.maxProperties ?? 2)) : 0);
    const [pattern] = isObject(schema.patternProperties) ? Object.keys(schema.patternProperties) : [];
    const names = asSchema(schema.propertyNames);
    const bound = 'pattern' in names || 'enum' in names || schema.additionalProperties !== false ? names : { pattern };
    for (let index = 0; Object.keys(result).length < wanted && index < wanted + 20; index += 1) {
      const name = this.#fresh(
        (one) => Object.hasOwn(result, one),
        () => this.#name(bound, index),
      );
      if (!Object.hasOwn(result, name)) put(result, name, this.value(this.#unnamed(schema, name), name, depth + 1));
    }
  }

  #name(names: Schema, index: number): string {
    // A pattern that is open at its end has another text of each length.
    const open = typeof names.pattern === 'string' && !names.pattern.endsWith('$') ? { minLength: index + 3 } : {};
    if (Object.keys(names).length > 0) return String(this.value({ type: 'string', ...open, ...names }, '', DEEP));
    return this.#material.keywords[index] ?? `key${index + 1}`;
  }
}

/** Own properties only: `__proto__` is a name like any other here. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

function nameType(name: string): string {
  if (/(count|number|total|quantity|age|year|price|amount|score|rating|confidence|temperature)$/i.test(name))
    return 'number';
  if (/^(is|has|can|should)[_A-Z]/.test(name)) return 'boolean';
  return 'string';
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}
