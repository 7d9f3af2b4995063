import fc from 'fast-check';

const FORMATS = ['date', 'date-time', 'time', 'email', 'uri', 'uuid', 'hostname', 'ipv4', 'ipv6', 'duration', 'regex'];
const PATTERNS = [
  '^[A-Z]{3}-\\d{4}$',
  '^(?:red|green|blue)$',
  '^\\+?[1-9]\\d{7,14}$',
  '[^\\s@]+@[^\\s@]+\\.com',
  '^(a|bc)*d?$',
  '^(\\w)\\1$',
  '^(?=.*\\d)[a-z\\d]{6,}$',
  '^\\p{Lu}\\p{Ll}+$',
  '^#[0-9a-fA-F]{6}$',
];

const text = fc.oneof(
  fc
    .tuple(fc.nat(30), fc.nat(30))
    .map(([least, more]) => ({ type: 'string', minLength: least, maxLength: least + more })),
  fc.constantFrom(...FORMATS).map((format) => ({ type: 'string', format })),
  fc.constantFrom(...PATTERNS).map((pattern) => ({ type: 'string', pattern })),
);

const number = fc.oneof(
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(100)).map(([minimum, more]) => ({
    type: 'integer',
    minimum,
    maximum: minimum + more,
  })),
  fc
    .tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0.01, max: 10, noNaN: true }))
    .map(([exclusiveMinimum, more]) => ({
      type: 'number',
      exclusiveMinimum,
      exclusiveMaximum: exclusiveMinimum + more,
    })),
  fc
    .constantFrom(2, 5, 0.5, 0.25)
    .map((multipleOf) => ({ type: ['number', 'null'], multipleOf, minimum: 3, maximum: 40 })),
);

const fixed = fc.oneof(
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean()), { minLength: 1 }).map((values) => ({
    enum: values,
  })),
  fc.constantFrom('x', 5, null, true, [1, 'a'], { a: [null] }).map((value) => ({ const: value })),
  fc.constantFrom({ type: 'boolean' }, { type: 'null' }, {}),
);

function array(schema: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof(
    fc.tuple(schema, fc.nat(3), fc.nat(3)).map(([items, minItems, more]) => ({
      type: 'array',
      items,
      minItems,
      maxItems: minItems + more,
    })),
    fc.array(schema, { minLength: 1, maxLength: 3 }).map((prefixItems) => ({
      type: 'array',
      prefixItems,
      items: false,
      minItems: prefixItems.length,
    })),
    fc
      .integer({ min: 1, max: 4 })
      .map((minItems) => ({ type: 'array', items: { type: 'string' }, minItems, uniqueItems: true })),
  );
}

/** JSON Schemas as they are written for models, nested, each of which has values. */
export const schemas: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{
  schema: Record<string, unknown>;
  object: Record<string, unknown>;
}>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    number,
    fixed,
    tie('object'),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.tuple(tie('object')) }),
    array(tie('schema')),
    fc.record({ type: fc.constant('object'), additionalProperties: tie('schema'), minProperties: fc.nat(3) }),
  ),
  object: fc
    .dictionary(fc.constantFrom('name', 'city', 'age', 'price', 'tags', 'next', 'constructor', 'a b'), tie('schema'), {
      maxKeys: 4,
    })
    .chain((properties) =>
      fc.record({
        type: fc.constantFrom<unknown>('object', ['object', 'null']),
        properties: fc.constant(properties),
        required: fc.subarray(Object.keys(properties)),
        additionalProperties: fc.boolean(),
      }),
    ),
})).schema;
