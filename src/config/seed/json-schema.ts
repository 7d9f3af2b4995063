import * as z from 'zod';
import type { Json } from '../json-schema.ts';
import { ways } from './column.ts';
import { kinds } from './redis.ts';
import { seedSchema } from './schema.ts';

/** The JSON Schema (draft 7) of a seed file in YAML or JSON. */
export function seedJsonSchema(): Json {
  const schema = z.toJSONSchema(seedSchema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => refine(jsonSchema as Editable),
  }) as Json;
  return { ...schema, title: 'devenv seed', description: 'How many rows to make, and what matters in them.' };
}

interface Editable {
  anyOf?: readonly object[];
  oneOf?: readonly object[];
  properties?: object;
}

/** Without functions, which only a program has; and with what the checks say that no keyword of zod does. */
function refine(schema: Editable): void {
  if (schema.anyOf) schema.anyOf = schema.anyOf.filter((option) => Object.keys(option).length > 0);
  const keys = Object.keys(schema.properties ?? {});
  if (has(keys, ways)) schema.oneOf = [...exactlyOne(ways), { required: ['null'], not: { anyOf: exactlyOne(ways) } }];
  if (has(keys, kinds)) schema.oneOf = exactlyOne(kinds);
}

function has(keys: readonly string[], group: object): boolean {
  return Object.keys(group).every((key) => keys.includes(key));
}

function exactlyOne(group: object): readonly object[] {
  return Object.keys(group).map((key) => ({ required: [key] }));
}
