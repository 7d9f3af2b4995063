import { isObject } from '../json.ts';
import { asSchema, resolved, type Schema, schemasOf, typeOf } from './schema.ts';

/**
 * How many levels the flattest value of a schema has: 0 for a scalar, Infinity where it can't end. By this a recursive
 * schema is led to its end.
 */
export class Heights {
  readonly #root: Schema;
  readonly #known = new Map<Schema, number>();
  readonly #open = new Set<Schema>();

  constructor(root: Schema) {
    this.#root = root;
  }

  of(schema: Schema): number {
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    if (this.#open.has(schema)) return Infinity;
    this.#open.add(schema);
    const height = this.#measured(resolved(schema, this.#root));
    this.#open.delete(schema);
    // What was measured while a schema around it was still open may turn out lower later.
    if (height < Infinity) this.#known.set(schema, height);
    return height;
  }

  #measured(schema: Schema): number {
    if ('const' in schema || 'enum' in schema) return 0;
    const { anyOf, oneOf, ...own } = schema;
    const [any, one] = [anyOf, oneOf].map((list) => schemasOf(list).map((branch) => this.of(branch)));
    return Math.max(this.#own(own), any?.length ? Math.min(...any) : 0, one?.length ? Math.min(...one) : 0);
  }

  #own(schema: Schema): number {
    const types = [typeOf(schema) ?? 'string'].flat();
    return Math.min(...types.map((type) => this.#ofType(type, schema)));
  }

  #ofType(type: string, schema: Schema): number {
    if (type === 'object') {
      const properties = isObject(schema.properties) ? schema.properties : {};
      const required = Array.isArray(schema.required) ? schema.required : [];
      const inner = required.map((name) => this.of(asSchema(properties[String(name)])));
      return 1 + Math.max(0, ...inner);
    }
    if (type !== 'array') return 0;
    const least = Number(schema.minItems ?? 0);
    const first = schemasOf(schema.prefixItems)
      .slice(0, least)
      .map((item) => this.of(item));
    return 1 + Math.max(0, ...first, least > first.length ? this.of(asSchema(schema.items)) : 0);
  }
}
