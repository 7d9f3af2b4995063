import { expect, it } from 'vitest';
import { impossible } from '../../../../src/mocks/ai/schema/impossible.ts';

const node = { type: 'object', properties: { a: { $ref: '#' } }, additionalProperties: false };

it.each([
  [{ ...node, required: ['a'] }, 'it contains itself without an end.'],
  [{ type: 'array', items: { $ref: '#' }, minItems: 1 }, 'it contains itself without an end.'],
  [{ type: 'number', minimum: 5, maximum: 4 }, "'minimum' 5 is larger than 'maximum' 4."],
  [
    { type: 'object', properties: { tags: { type: 'array', items: { type: 'string', minLength: 3, maxLength: 2 } } } },
    "tags.items: 'minLength' 3 is larger than 'maxLength' 2.",
  ],
])('%j has no value', (schema, why) => expect(impossible(schema)).toBe(why));

it.each([
  [node],
  [{ ...node, properties: { a: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, required: ['a'] }],
  [{ type: 'number', minimum: 4, maximum: 4 }],
  [{ anyOf: [{ type: 'number', minimum: 5, maximum: 4 }, { type: 'null' }] }],
  [undefined],
  [{ $ref: '#/%' }],
  [{ allOf: [{ required: 5 }, { required: ['a'] }] }],
])('%j may have one', (schema) => expect(impossible(schema)).toBeNull());
