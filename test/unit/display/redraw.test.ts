import { describe, expect, it } from 'vitest';
import { redrawn } from '../../../src/display/redraw.ts';

function drawn(
  lines: readonly string[],
  size: { readonly columns: number; readonly rows: number } | null,
  unicode = true,
): string {
  const written: string[] = [];
  const screen = redrawn({ write: (text) => void written.push(text), size: () => size, unicode });
  screen.draw(lines);
  return written.slice(1).join('');
}

describe('lines drawn in place', () => {
  it('give back the screen and the cursor that were there', () => {
    const written: string[] = [];
    {
      using _screen = redrawn({ write: (text) => void written.push(text), size: () => null, unicode: true });
      expect(written).toEqual(['\u001b[?1049h\u001b[?25l']);
    }
    expect(written.at(-1)).toBe('\u001b[?25h\u001b[?1049l');
  });

  it('replace those before, to the ends of lines and screen', () => {
    expect(drawn(['a', 'b'], { columns: 80, rows: 24 })).toBe('\u001b[Ha\u001b[K\r\nb\u001b[K\u001b[J');
  });

  it('are cut to what there is room for, and say so', () => {
    expect(drawn(['abcdef', 'b', 'c', 'd'], { columns: 4, rows: 3 })).toBe(
      '\u001b[Habc…\u001b[K\r\nb\u001b[K\r\n… a…\u001b[K\u001b[J',
    );
    expect(drawn(['a', 'b', 'c'], { columns: 40, rows: 2 })).toContain('… and 2 more');
    expect(drawn(['abcd', 'b', 'c'], { columns: 3, rows: 2 }, false)).toBe(
      '\u001b[Hab>\u001b[K\r\n> >\u001b[K\u001b[J',
    );
  });

  it('cannot move the cursor', () => {
    expect(drawn(['a\u001b[2Jb\r'], { columns: 80, rows: 24 })).toBe('\u001b[Ha [2Jb \u001b[K\u001b[J');
  });
});
