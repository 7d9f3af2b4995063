import fc from 'fast-check';
import { expect, it } from 'vitest';
import { continued } from '../../../../src/mocks/ai/writing/prefill.ts';

it.each([
  ['{"name":', { name: 'Ann', age: 5 }, { name: 'Ann', age: 5 }],
  ['{"name": "A', { name: 'Ann', age: 5 }, { name: 'Ann', age: 5 }],
  ['{"name": "Bob", "ag', { name: 'Ann', age: 5 }, { name: 'Bob', age: 5 }],
  ['{\n  "tags": ["x",', { tags: ['a', 'b'] }, { tags: ['x', 'b'] }],
  ['{"a": {"b": 1', { a: { b: 2, c: 3 }, d: 4 }, { a: { b: 1, c: 3 }, d: 4 }],
  ['[', [1, 2], [1, 2]],
  ['{"\\', {}, { '\\': null }],
  ['["a\\', ['a\\b'], ['a\\b']],
])('%s is gone on with', (begun, whole, expected) => {
  expect(JSON.parse(begun + continued(begun, whole))).toEqual(expected);
});

it('whatever was begun becomes JSON, and what it was cut from where that is known', () => {
  const documents = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
  fc.assert(
    fc.property(documents, fc.double({ min: 0, max: 1, noNaN: true }), fc.jsonValue(), (value, share, other) => {
      const text = JSON.stringify(value);
      const begun = text.slice(0, Math.max(1, Math.floor(text.length * share)));
      expect(() => JSON.parse(begun + continued(begun, other))).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});
