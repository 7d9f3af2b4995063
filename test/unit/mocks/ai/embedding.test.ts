import fc from 'fast-check';
import { expect, it } from 'vitest';
import { embeddingOf } from '../../../../src/mocks/ai/embedding.ts';

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

it('has length 1, whatever the text and the dimensions, and is the same each time', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 300 }), (text, dimensions) => {
      const vector = embeddingOf(text, dimensions);
      expect(vector).toHaveLength(dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
      expect(embeddingOf(text, dimensions)).toEqual(vector);
    }),
  );
});

it('brings near what shares words or parts of them', () => {
  const near = (a: string, b: string): number => dot(embeddingOf(a, 1536), embeddingOf(b, 1536));
  const question = 'How do I return a broken teapot?';
  const ranked = ['Returning broken teapots', 'Opening hours of the shop', 'Die Steuer 2024'].map((text) =>
    near(question, text),
  );
  expect(ranked).toEqual([...ranked].sort((a, b) => b - a));
  expect(near('Tea', 'tea!')).toBeCloseTo(1, 5);
});
