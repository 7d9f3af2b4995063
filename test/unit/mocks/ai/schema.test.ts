import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import { documentFor } from '../../../../src/mocks/ai/writing/structured.ts';
import { promptOf } from './prompts.ts';
import { schemas } from './random-schemas.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true, ownProperties: true });
formats.default(ajv);

const ORDER = 'Order 4711: 3 blue mugs for Anna in Oslo, 12.50 EUR';

function made(schema: unknown, seed = 1, text = ORDER): Promise<unknown> {
  return documentFor(
    promptOf([text], { format: { kind: 'schema', name: 's', schema } }),
    new Draws(seed, 'test').at(0),
  );
}

async function expectValid(schema: Record<string, unknown>, seed = 1): Promise<unknown> {
  const value = JSON.parse(JSON.stringify(await made(schema, seed))) as unknown;
  const valid = ajv.validate(schema, value);
  expect(valid ? [] : [value, ajv.errors]).toEqual([]);
  return value;
}

describe('values for schemas', () => {
  it('are valid, whatever the schema', async () => {
    await fc.assert(
      fc.asyncProperty(schemas, fc.nat(), async (schema, seed) => {
        await expectValid(schema, seed);
      }),
      { numRuns: 200 },
    );
  }, 30_000);

  it('come soon, whatever ways a pattern tries', async () => {
    const text = 'Write a short text about baking sourdough bread';
    const pattern = '^(\\w+\\s?)+$';
    const start = performance.now();
    const object = {
      type: 'object',
      properties: { description: { type: 'string', pattern } },
      required: ['description'],
    };
    const { description } = (await made(object, 1, text)) as { description: string };
    expect(description).toMatch(/^(?:\w+ ?)*\w+$/);
    const hard = { ...object, not: { properties: { description: { pattern: '^(a+|b+|\\w)+!$' } } } };
    expect(await made(hard, 1, `${text} ${'a'.repeat(50)}`)).toHaveProperty('description');
    expect(performance.now() - start).toBeLessThan(4000);
  });

  it('are not made where a schema asks for more than an answer holds', async () => {
    let schema: object = { type: 'integer' };
    for (let level = 0; level < 4; level += 1) schema = { type: 'array', minItems: 200, items: schema };
    await expect(made(schema)).rejects.toThrow('more than 20000 values');
    const drawnAnew = { type: 'array', minItems: 900, items: { enum: ['a', 'b'] } };
    await expect(made(drawnAnew)).resolves.toHaveLength(900);
  });

  it.each(['constructor', '__proto__', 'toString'])('know no format %s', async (format) => {
    expect(typeof (await made({ type: 'string', format }))).toBe('string');
  });

  it('are the same for the same seed', async () => {
    const schema = { type: 'array', items: { type: 'string', pattern: '^[a-z]{8}$' }, minItems: 3 };
    expect(await made(schema, 7)).toEqual(await made(schema, 7));
    expect(await made(schema, 7)).not.toEqual(await made(schema, 8));
  });

  it('end where schemas are recursive, and reach as deep as they must', async () => {
    const tree = {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: {
            value: { type: 'integer' },
            left: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
            other: { $ref: '#/$defs/pair' },
          },
          required: ['value', 'left', 'other'],
          additionalProperties: false,
        },
        pair: { type: 'array', items: { $ref: '#/$defs/node' }, maxItems: 2 },
      },
    };
    for (let seed = 0; seed < 20; seed += 1) await expectValid(tree, seed);
    const self = { type: 'object', properties: { inner: { $ref: '#' } }, additionalProperties: false };
    expect(JSON.stringify(await expectValid(self)).length).toBeGreaterThan(10);
  });

  it.each([
    {
      oneOf: [
        { type: 'integer', multipleOf: 3 },
        { type: 'integer', multipleOf: 5 },
      ],
      minimum: 1,
    },
    { type: 'string', not: { enum: ['a', 'b'] }, enum: ['a', 'b', 'c'] },
    { type: 'array', contains: { const: 7 }, items: { type: 'integer' }, minItems: 2 },
    {
      type: 'object',
      properties: { kind: { enum: ['card', 'cash'] }, number: { type: 'string' } },
      required: ['kind'],
      if: { properties: { kind: { const: 'card' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { required: ['number'] },
    },
    {
      type: 'object',
      patternProperties: { '^x-': { type: 'integer' } },
      additionalProperties: false,
      minProperties: 2,
    },
    {
      type: 'object',
      propertyNames: { pattern: '^[a-z]{3}$' },
      minProperties: 3,
      additionalProperties: { type: 'boolean' },
    },
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'integer', minimum: 5 } } },
        { properties: { a: { maximum: 6 } }, required: ['a'] },
      ],
    },
    {
      anyOf: [
        { type: 'object', properties: { type: { const: 'a' }, x: { type: 'number' } }, required: ['type', 'x'] },
        { type: 'object', properties: { type: { const: 'b' }, y: { type: 'string' } }, required: ['type', 'y'] },
      ],
    },
    { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 },
    { type: 'object', properties: { a: {}, b: {} }, dependentRequired: { a: ['b'] }, maxProperties: 2 },
  ])('meet keywords that they can only be tried against: %j', async (schema) => {
    for (let seed = 0; seed < 10; seed += 1) await expectValid(schema, seed);
  });

  it('hold what the request says', async () => {
    const properties = {
      city: { type: 'string' },
      quantity: { type: 'integer', maximum: 10 },
      price: { type: 'number', maximum: 100, multipleOf: 0.5 },
      color: { enum: ['red', 'blue'] },
      order: { type: 'string', pattern: '^\\d{4}$' },
    };
    const schema = { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
    const text = 'Order 4711: 3 blue mugs for the shop in Oslo';
    expect(await made(schema, 1, text)).toMatchObject({ city: 'Oslo', quantity: 3, color: 'blue', order: '4711' });
  });

  it('are made for a schema that nothing can meet too, as a model would try', async () => {
    expect(await made({ type: 'string', minLength: 5, maxLength: 2 })).toEqual(expect.any(String));
    expect(await made(false)).toBeDefined();
    expect(await made({ $ref: '#/nowhere' })).toBeDefined();
    expect(await made({ type: 'array', minItems: 1e9, items: { type: 'null' } })).toHaveLength(1000);
    expect(String(await made({ type: 'string', minLength: 1e9 })).length).toBeGreaterThan(1e5 - 1);
    expect(await made({ type: 'string', pattern: '(' })).toEqual(expect.any(String));
  });
});
