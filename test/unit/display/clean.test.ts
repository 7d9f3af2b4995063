import { expect, it } from 'vitest';
import { shownLines } from '../../../src/display/clean.ts';

it('keeps lines, tabs and colours of what nothing is wrong with, and cleans each line of the rest', () => {
  const plain = 'a\tb\n\nc';
  expect(shownLines(plain)).toBe(plain);
  expect(shownLines('\u001b[31mred\u001b[0m\nx\u001b[2Jy\n10 %\r20 %')).toBe(
    '\u001b[31mred\u001b[0m\u001b[0m\nxy\n20 %',
  );
});
