import { parsed } from '../json.ts';
import type { Schema } from './schema.ts';

/** What Anthropic's structured outputs don't take in a schema, so that SDKs put it into the description. */
const KEYWORDS = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
] as const;

const NAMES = new Map<string, string>(
  KEYWORDS.flatMap((keyword) => [
    [keyword, keyword],
    [spaced(keyword), keyword],
  ]),
);
/** Between two of them, as one SDK or the other has it. */
const BETWEEN = new RegExp(`(?:, |; )(?=(?:${[...NAMES.keys()].join('|')}): )`);

/**
 * The schema with what the last line of its description says: `{minimum: 1, maximum: 9}` (Anthropic's SDK) or
 * `minimum: 1; max length: 9.` (Vercel's). A model heeds it too.
 */
export function withDescribed(schema: Schema): Schema {
  const last = typeof schema.description === 'string' ? (schema.description.split('\n').at(-1) ?? '') : '';
  const listed = /^\{(.*)\}$/.exec(last)?.[1] ?? /^(.*)\.$/.exec(last)?.[1];
  if (listed === undefined) return schema;
  const found: Record<string, unknown> = {};
  for (const part of listed.split(BETWEEN)) {
    const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(part) ?? [];
    const keyword = NAMES.get(name);
    if (keyword === undefined) continue;
    found[keyword] = parsed(value) ?? value;
  }
  return { ...found, ...schema };
}

function spaced(keyword: string): string {
  return keyword.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
