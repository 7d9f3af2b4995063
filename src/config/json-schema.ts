import * as z from 'zod';
import { configSchema } from './schema.ts';

export type Json = { readonly [key: string]: unknown };

/** The JSON Schema (draft 7, which editors know best) of a configuration file. */
export function jsonSchema(): Json {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }) as Json;
  const properties = schema.properties as Record<string, Json>;
  const { $schema: _, name: __, environments, ...layered } = properties;
  const tier = { type: 'object', properties: overrides(layered), additionalProperties: false };
  return {
    ...schema,
    title: 'devenv.config',
    description: 'The environment of a project: its services, processes and variables.',
    properties: { ...properties, environments: { ...environments, additionalProperties: orNull(tier) } },
  };
}

/** The same keys, none of them required, and null to remove one. A list replaces the other one: its entries are whole. */
function overrides(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, orNull(loosened(schema as Json))]));
}

function loosened(schema: Json): Json {
  const { required: _, default: __, ...rest } = schema;
  const loose: Record<string, unknown> = { ...rest };
  if (rest.properties) loose.properties = overrides(rest.properties as Json);
  if (typeof rest.additionalProperties === 'object')
    loose.additionalProperties = orNull(loosened(rest.additionalProperties as Json));
  if (Array.isArray(rest.anyOf)) loose.anyOf = rest.anyOf.map((option: Json) => loosened(option));
  return loose;
}

/** The description stays outside: editors show that of the outermost schema. */
function orNull(schema: Json): Json {
  const { description, ...rest } = schema;
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { type: 'null' }] };
}
