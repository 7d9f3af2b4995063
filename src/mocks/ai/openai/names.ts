import type { Fields } from '../fields.ts';
import { badRequest } from '../refusal.ts';

const PATTERN = '^[a-zA-Z0-9_-]+$';
const MOST = 64;

/** The name of a tool or a schema. */
export function nameOf(definition: Fields): string {
  const name = definition.required('name', definition.string('name'));
  const param = definition.path('name');
  if (name.length > MOST) {
    throw badRequest(
      `Invalid '${param}': string too long. Expected a string with maximum length ${MOST}, but got a string with length ${name.length} instead.`,
      param,
      'string_above_max_length',
    );
  }
  if (new RegExp(PATTERN).test(name)) return name;
  throw badRequest(
    `Invalid '${param}': string does not match pattern. Expected a string that matches the pattern '${PATTERN}'.`,
    param,
    'invalid_value',
  );
}
