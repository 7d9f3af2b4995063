/** Code points of one kind in a row that are still merged as one. */
export const LONGEST_RUN = 128;

/** What the encodings take as one piece however long it is: letters, punctuation, white space. Digits they take by threes. */
const LONG_RUN = new RegExp(
  ['[\\p{L}\\p{M}]', '[^\\s\\p{L}\\p{N}]', '\\s'].map((kind) => `${kind}{${LONGEST_RUN + 1},}`).join('|'),
  'gu',
);
const PART = new RegExp(`.{1,${LONGEST_RUN}}`, 'gsu');

/**
 * A text in parts that can be encoded one by one. Merging takes time that grows with the square of a run without a break,
 * and would stand still at a picture or a page of one character: longer runs are cut, each cut costing at most a few
 * tokens more than the real encoding has. Everything else is encoded as it would be whole.
 */
export function segmentsOf(text: string): string[] {
  const segments: string[] = [];
  let start = 0;
  for (const { index, 0: run } of text.matchAll(LONG_RUN)) {
    const [first = '', ...parts] = run.match(PART) ?? [];
    segments.push(text.slice(start, index) + first, ...parts.slice(0, -1));
    start = index + run.length - (parts.at(-1)?.length ?? 0);
  }
  segments.push(text.slice(start));
  return segments;
}
