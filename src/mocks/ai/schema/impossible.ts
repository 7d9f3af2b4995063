import { isObject } from '../json.ts';
import { Heights } from './height.ts';
import { asSchema, type Schema } from './schema.ts';

const BOUNDS = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** Why a schema has no value; null where it may have one, or is no schema, which is told when it is used. */
export function impossible(schema: unknown): string | null {
  const root = asSchema(schema);
  return isEndless(root) ? 'it contains itself without an end.' : crossed(root, []);
}

function isEndless(root: Schema): boolean {
  try {
    return new Heights(root).of(root) === Infinity;
  } catch {
    return false;
  }
}

/** Bounds of which the lower is the upper one, in what every value has. Alternatives aren't looked at: another may fit. */
function crossed(schema: unknown, at: readonly string[]): string | null {
  if (!isObject(schema)) return null;
  for (const [least, most] of BOUNDS) {
    if (Number(schema[least]) > Number(schema[most])) {
      const context = at.length === 0 ? '' : `${at.join('.')}: `;
      return `${context}'${least}' ${schema[least]} is larger than '${most}' ${schema[most]}.`;
    }
  }
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  for (const [name, inner] of [...properties, ['items', schema.items] as const]) {
    const found = crossed(inner, [...at, name]);
    if (found) return found;
  }
  return null;
}
