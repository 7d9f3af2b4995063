import { isObject, type JsonObject } from '../json.ts';

/** A JSON Schema that is an object; `true` is the empty one, `false` one that nothing fits. */
export type Schema = JsonObject;

export function asSchema(value: unknown): Schema {
  if (isObject(value)) return value;
  return value === false ? { not: {} } : {};
}

export function schemasOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

/** The schema with its `$ref`s followed and its `allOf` put together, as far as that goes: `verify` has the last word. */
export function resolved(schema: Schema, root: Schema, followed: readonly string[] = []): Schema {
  let result = schema;
  const ref = schema.$ref ?? schema.$dynamicRef;
  if (typeof ref === 'string') {
    const { $ref: _, $dynamicRef: __, ...beside } = schema;
    const target = followed.includes(ref) ? {} : resolved(asSchema(pointedAt(ref, root)), root, [...followed, ref]);
    result = merged(target, beside);
  }
  if (!Array.isArray(result.allOf)) return result;
  const { allOf, ...beside } = result;
  return schemasOf(allOf).reduce((all, one) => merged(all, resolved(one, root, followed)), beside as Schema);
}

/** What a reference inside of the document points at: a JSON pointer (RFC 6901), an anchor or an `$id`. */
export function pointedAt(ref: string, root: Schema): unknown {
  if (ref === '#' || ref === root.$id) return root;
  if (!ref.startsWith('#/')) return byName(ref, root);
  let found: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const key = unescaped(part).replaceAll('~1', '/').replaceAll('~0', '~');
    found = Array.isArray(found) ? found[Number(key)] : isObject(found) ? found[key] : undefined;
  }
  return found;
}

/** As it is where it isn't well escaped: it points nowhere then, which others find out. */
function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function byName(ref: string, root: Schema): unknown {
  const definitions = { ...asSchema(root.definitions), ...asSchema(root.$defs) };
  return Object.values(definitions).find(
    (one) =>
      isObject(one) &&
      (one.$id === ref || `#${String(one.$anchor)}` === ref || `#${String(one.$dynamicAnchor)}` === ref),
  );
}

const LARGER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const SMALLER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);

/** Both at once. */
export function merged(a: Schema, b: Schema): Schema {
  const result: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    result[key] = key in a ? both(key, a[key], value) : value;
  }
  return result;
}

function both(key: string, a: unknown, b: unknown): unknown {
  if (LARGER.has(key)) return Math.max(Number(a), Number(b));
  if (SMALLER.has(key)) return Math.min(Number(a), Number(b));
  if (key === 'required') return [...new Set([...(a as unknown[]), ...(b as unknown[])])];
  if (key === 'enum') return (a as unknown[]).filter((one) => (b as unknown[]).some((other) => same(one, other)));
  if (key === 'type') return commonType([a].flat(), [b].flat());
  if (key === 'anyOf' || key === 'oneOf') {
    return schemasOf(a).flatMap((one) => schemasOf(b).map((other) => merged(one, other)));
  }
  if (key === 'properties' && isObject(a) && isObject(b)) return mergedProperties(a, b);
  if ((key === 'items' || key === 'additionalProperties') && isObject(a) && isObject(b)) return merged(a, b);
  return a === false ? a : b;
}

function mergedProperties(a: JsonObject, b: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    result[name] = name in a ? merged(asSchema(a[name]), asSchema(schema)) : schema;
  }
  return result;
}

function commonType(a: readonly unknown[], b: readonly unknown[]): unknown {
  const common = a.filter((one) => b.includes(one));
  if (common.length === 0 && a.includes('number') && b.includes('integer')) return 'integer';
  if (common.length === 0 && a.includes('integer') && b.includes('number')) return 'integer';
  return common.length === 1 ? common[0] : common;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The type of the values, where the schema tells it or lets it be seen. */
export function typeOf(schema: Schema): string | readonly string[] | null {
  if (typeof schema.type === 'string') return schema.type;
  if (Array.isArray(schema.type)) return schema.type as string[];
  const has = (...keys: string[]): boolean => keys.some((key) => key in schema);
  if (has('properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties')) return 'object';
  if (has('items', 'prefixItems', 'minItems', 'maxItems', 'contains')) return 'array';
  if (has('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf')) return 'number';
  return has('pattern', 'format', 'minLength', 'maxLength') ? 'string' : null;
}
