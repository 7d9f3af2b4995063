import { isObject, type JsonObject } from '../json.ts';
import { badRequest } from '../refusal.ts';
import { pointedAt } from '../schema/schema.ts';

/**
 * What strict schemas must be (platform.openai.com/docs/guides/structured-outputs, "Supported schemas"): an app that was
 * tried only against a lenient mock would fail at the first real call.
 */
export function checkStrict(schema: unknown, of: string, param: string, code: string | null = null): void {
  const fail = (at: readonly string[], what: string): never => {
    const context = `(${at.map((part) => `'${part}'`).join(', ')}${at.length === 1 ? ',' : ''})`;
    throw badRequest(`Invalid schema for ${of}: In context=${context}, ${what}`, param, code);
  };
  if (!isObject(schema) || (schema.type !== 'object' && schema.$ref === undefined)) {
    const type = isObject(schema) ? (schema.type ?? 'None') : 'None';
    throw badRequest(
      `Invalid schema for ${of}: schema must be a JSON Schema of 'type: "object"', got 'type: "${type}"'.`,
      param,
      code,
    );
  }
  check(schema, [], { fail, root: schema });
}

interface Checked {
  readonly fail: (at: readonly string[], what: string) => never;
  readonly root: JsonObject;
}

const UNKNOWN = [
  'allOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'oneOf',
];

/** What tells what a value is; without one of them any would do. */
const TELLING = ['type', '$ref', 'anyOf', 'enum', 'const'];

function check(schema: unknown, at: readonly string[], checked: Checked): void {
  const { fail, root } = checked;
  if (!isObject(schema)) return;
  for (const keyword of UNKNOWN) if (keyword in schema) fail(at, `'${keyword}' is not permitted.`);
  if (!TELLING.some((keyword) => keyword in schema)) fail(at, "schema must have a 'type' key.");
  if (typeof schema.$ref === 'string' && !isObject(pointedAt(schema.$ref, root))) {
    fail(at, `reference to component '${schema.$ref}' which was not found in the schema.`);
  }
  if (schema.type === 'array' && schema.items === undefined) fail(at, 'array schema missing items.');
  if (isObject(schema.properties) || schema.type === 'object') checkObject(schema, at, fail);
  check(schema.items, [...at, 'items'], checked);
  for (const [index, one] of (Array.isArray(schema.anyOf) ? schema.anyOf : []).entries()) {
    check(one, [...at, 'anyOf', String(index)], checked);
  }
  for (const keyword of ['properties', '$defs', 'definitions']) {
    const inner = schema[keyword];
    if (isObject(inner)) for (const name in inner) check(inner[name], [...at, keyword, name], checked);
  }
}

function checkObject(schema: JsonObject, at: readonly string[], fail: Checked['fail']): void {
  if (schema.additionalProperties !== false)
    fail(at, "'additionalProperties' is required to be supplied and to be false.");
  const names = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  const required = Array.isArray(schema.required) ? schema.required : null;
  const missing = names.find((name) => !required?.includes(name));
  if (missing !== undefined) {
    fail(
      at,
      "'required' is required to be supplied and to be an array including every key in properties. " +
        `${required ? `Missing '${missing}'.` : ''}`.trim(),
    );
  }
}
