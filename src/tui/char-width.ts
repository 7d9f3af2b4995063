/** Ranges of wide characters, nearly those of Unicode's East Asian Width: Hangul, CJK and kana, full width, emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0x1f300, 0x3fffd],
];

/** In columns. Good enough for where a line is broken; what is drawn is cut off by ink, which knows better. */
export function charWidth(char: string): 1 | 2 {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0x1100 && WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
