import { isObject } from '../json.ts';
import { arrayFor } from './arrays.ts';
import { withDescribed } from './described.ts';
import { Heights } from './height.ts';
import { DEEP, type Maker } from './maker.ts';
import { drawnOnly, type Material } from './material.ts';
import { numberFor } from './numbers.ts';
import { objectFor } from './objects.ts';
import { asSchema, merged, resolved, type Schema, schemasOf, typeOf } from './schema.ts';
import { stringFor } from './strings.ts';

/** A value that a schema describes, made of the material. */
export function generate(schema: unknown, material: Material, name = ''): unknown {
  const root = asSchema(schema);
  return new Generator(root, material).value(root, name, 0);
}

class Generator implements Maker {
  readonly root: Schema;
  readonly heights: Heights;
  material: Material;

  constructor(root: Schema, material: Material) {
    this.root = root;
    this.heights = new Heights(root);
    this.material = material;
  }

  value(given: Schema, name: string, depth: number): unknown {
    const schema = withDescribed(this.#decided(resolved(given, this.root), depth));
    if ('const' in schema) return schema.const;
    // An enum without values is refused by whoever checks the schema; here it is like none.
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return this.#oneOf(schema.enum, schema);
    switch (this.#type(schema, name, depth)) {
      case 'null':
        return null;
      case 'boolean':
        return !/^(is_?)?(error|deleted|spam|flagged)/i.test(name);
      case 'integer':
        return numberFor(schema, name, true, this.material);
      case 'number':
        return numberFor(schema, name, false, this.material);
      case 'array':
        return arrayFor(schema, name, depth, this);
      case 'object':
        return objectFor(schema, depth, this);
      default:
        return stringFor(schema, name, this.material);
    }
  }

  /** What is said outright is only so much. */
  fresh<T>(isKnown: (value: T) => boolean, make: () => T): T {
    const said = this.material;
    let value = make();
    this.material = drawnOnly(said);
    for (let index = 0; index < 30 && isKnown(value); index += 1) value = make();
    this.material = said;
    return value;
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
      result = merged(beside as Schema, resolved(branch, this.root));
    }
    return result;
  }

  /** Something rather than null, and deep down what ends soonest. */
  #branch(branches: readonly Schema[], depth: number): Schema {
    const heights = branches.map((branch) => this.heights.of(branch));
    const lowest = Math.min(...heights);
    const possible = branches.filter((_, index) =>
      depth >= DEEP ? heights[index] === lowest : (heights[index] ?? 0) < Infinity,
    );
    const some = possible.filter((branch) => resolved(branch, this.root).type !== 'null');
    return this.material.draws.pick(some.length > 0 ? some : possible.length > 0 ? possible : branches);
  }

  #type(schema: Schema, name: string, depth: number): string {
    const type = typeOf(schema);
    if (type === null) return nameType(name);
    if (typeof type === 'string') return type;
    const some = type.filter((one) => one !== 'null');
    const scalar = some.filter((one) => one !== 'object' && one !== 'array');
    if (depth >= DEEP && scalar.length === 0 && type.includes('null')) return 'null';
    const possible = depth >= DEEP && scalar.length > 0 ? scalar : some;
    return possible.length > 0 ? this.material.draws.pick(possible) : 'null';
  }

  /** A value that the request names comes first. */
  #oneOf(values: readonly unknown[], schema: Schema): unknown {
    const types = schema.type === undefined ? null : [schema.type].flat();
    const possible = values.filter((value) => !types || types.some((type) => isOfType(value, String(type))));
    const named = possible.find((value) => typeof value === 'string' && value !== '' && this.#isSaid(value));
    const some = possible.filter((value) => value !== null);
    return named ?? this.material.draws.pick(some.length > 0 ? some : values);
  }

  #isSaid(value: string): boolean {
    return this.material.text.toLowerCase().includes(value.toLowerCase().replaceAll('_', ' '));
  }
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
