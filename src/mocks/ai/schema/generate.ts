import { isObject } from '../json.ts';
import { badRequest } from '../refusal.ts';
import { partsOf } from '../writing/words.ts';
import { arrayFor } from './arrays.ts';
import { booleanFor } from './booleans.ts';
import { withDescribed } from './described.ts';
import { Heights } from './height.ts';
import { DEEP, type Maker } from './maker.ts';
import { drawnOnly, type Material } from './material.ts';
import { numberFor } from './numbers.ts';
import { objectFor } from './objects.ts';
import { optionSaid } from './options.ts';
import { asSchema, merged, resolved, type Schema, schemasOf, typeOf } from './schema.ts';
import { stringFor } from './strings.ts';
import { type Wanted, wantedOf } from './wanted.ts';

/** More than any model answers at once: lists inside of lists soon have more than memory holds. */
const MOST_VALUES = 20_000;
/** How often another value is tried for one that is known, in all. */
const MOST_AGAIN = 20_000;

/** A value that a schema describes, made of the material; `owner` is the name of the schema or tool. Throws a Refusal where it holds too many. */
export function generate(schema: unknown, material: Material, owner = ''): unknown {
  const root = asSchema(schema);
  const wanted = wantedOf('', partsOf(`${owner.slice(0, 100)} ${String(root.title ?? '').slice(0, 100)}`));
  return new Generator(root, { ...material, used: new Set() }).value(root, wanted, 0);
}

class Generator implements Maker {
  readonly root: Schema;
  readonly heights: Heights;
  material: Material;
  #left = MOST_VALUES;
  #again = MOST_AGAIN;

  constructor(root: Schema, material: Material) {
    this.root = root;
    this.heights = new Heights(root);
    this.material = material;
  }

  value(given: Schema, wanted: Wanted, depth: number): unknown {
    this.#left -= 1;
    if (this.#left < 0) throw badRequest(`Invalid schema: it asks for more than ${MOST_VALUES} values.`);
    const schema = withDescribed(this.#decided(resolved(given, this.root), depth));
    if ('const' in schema) return schema.const;
    // An enum without values is refused by whoever checks the schema; here it is like none.
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return this.#oneOf(schema.enum, schema, wanted);
    switch (this.#type(schema, wanted, depth)) {
      case 'null':
        return null;
      case 'boolean':
        return booleanFor(wanted, this.material);
      case 'integer':
        return numberFor(schema, wanted, true, this.material);
      case 'number':
        return numberFor(schema, wanted, false, this.material);
      case 'array':
        return arrayFor(schema, wanted, depth, this);
      case 'object':
        return objectFor(schema, wanted, depth, this);
      default:
        return stringFor(schema, wanted, this.material);
    }
  }

  /** What is said outright is only so much. */
  fresh<T>(isKnown: (value: T) => boolean, make: () => T): T {
    const left = this.#left;
    let value = make();
    this.within(drawnOnly(this.material), () => {
      for (let index = 0; index < 30 && this.#again > 0 && isKnown(value); index += 1) {
        this.#again -= 1;
        // What is thrown away isn't in the answer.
        this.#left = left;
        value = make();
      }
    });
    return value;
  }

  within<T>(material: Material, make: () => T): T {
    const around = this.material;
    this.material = material;
    const value = make();
    this.material = around;
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

  #type(schema: Schema, { key }: Wanted, depth: number): string {
    const type = typeOf(schema);
    if (type === null) return nameType(key);
    if (typeof type === 'string') return type;
    const some = type.filter((one) => one !== 'null');
    const scalar = some.filter((one) => one !== 'object' && one !== 'array');
    if (depth >= DEEP && scalar.length === 0 && type.includes('null')) return 'null';
    const possible = depth >= DEEP && scalar.length > 0 ? scalar : some;
    return possible.length > 0 ? this.material.draws.pick(possible) : 'null';
  }

  #oneOf(values: readonly unknown[], schema: Schema, wanted: Wanted): unknown {
    const types = schema.type === undefined ? null : [schema.type].flat();
    const possible = values.filter((value) => !types || types.some((type) => isOfType(value, String(type))));
    const some = possible.filter((value) => value !== null);
    return optionSaid(possible, wanted, this.material) ?? this.material.draws.pick(some.length > 0 ? some : values);
  }
}

function nameType(key: string): string {
  if (/(count|number|total|quantity|age|year|price|amount|score|rating|confidence|temperature)$/i.test(key))
    return 'number';
  if (/^(is|has|can|should)_/.test(key)) return 'boolean';
  return 'string';
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}
