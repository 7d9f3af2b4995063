import { hash32, scatter32 } from '../../lib/draws.ts';

/** Characters of the pieces into which words are taken apart. */
const GRAM = 3;
const WORD_WEIGHT = 2;

/**
 * A vector of length 1 whose angle to that of another text is the smaller the more words and parts of words they share: the
 * hashing trick (Weinberger et al., 2009), each part added to one component with a sign of its own.
 */
export function embeddingOf(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const add = (part: string, weight: number): void => {
    const hash = hash32(part);
    const sign = scatter32(hash) & 1 ? 1 : -1;
    const index = hash % dimensions;
    vector[index] = (vector[index] ?? 0) + sign * weight;
  };
  for (const word of text
    .toLowerCase()
    .normalize('NFKC')
    .match(/[\p{L}\p{N}]+/gu) ?? []) {
    add(`word ${word}`, WORD_WEIGHT);
    const bounded = ` ${word} `;
    for (let start = 0; start + GRAM <= bounded.length; start += 1) add(bounded.slice(start, start + GRAM), 1);
  }
  return scaled(vector, text);
}

function scaled(vector: Float32Array, text: string): Float32Array {
  let length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (length === 0) {
    // A text without words, or whose parts have taken each other away.
    vector[hash32(text) % vector.length] = 1;
    length = 1;
  }
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}
