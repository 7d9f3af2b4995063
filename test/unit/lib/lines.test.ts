import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../src/lib/lines.ts';

function split(chunks: readonly (string | number[])[], limit?: number): string[] {
  const splitter = new LineSplitter(limit);
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string))), ...splitter.flush()];
}

describe('LineSplitter', () => {
  it('cuts at newlines, across chunks, and flushes a last line without one', () => {
    expect(split(['a\nb', 'c\r\n\nd'])).toEqual(['a', 'bc', '', 'd']);
    expect(split(['a\n'])).toEqual(['a']);
  });

  it('keeps a character whole whose bytes come one by one', () => {
    expect(split([...Buffer.from('ä€😀\n')].map((byte) => [byte]))).toEqual(['ä€😀']);
  });

  it('replaces what is no UTF-8', () => {
    expect(split([[0x61, 0xff, 0x62, 0x0a]])).toEqual(['a\ufffdb']);
  });

  it('cuts a line that is too long, between characters', () => {
    expect(split(['aaaaaaa€€\nb\n'], 8)).toEqual(['aaaaaaa', '€€', 'b']);
    expect(split(['x'.repeat(10), 'x'.repeat(10)], 8)).toEqual(['x'.repeat(8), 'x'.repeat(8), 'xxxx']);
  });

  it('does not hang on bytes that never begin a character', () => {
    expect(split([Array(40).fill(0x80)], 8)).toHaveLength(5);
  });
});
