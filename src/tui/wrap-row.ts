import { charWidth } from './char-width.ts';
import { type Row, type Span, textOf } from './row.ts';

const INDENT = '  ';

/** As many lines as it takes, broken at spaces where there are some; those after the first are indented. */
export function wrapRow(line: Row, width: number): readonly Row[] {
  const text = textOf(line);
  const rows: Row[] = [];
  let from = 0;
  do {
    const indent = from === 0 ? '' : INDENT;
    const to = breakAfter(text, from, Math.max(2, width - indent.length));
    rows.push(from === 0 ? cut(line, 0, to) : [{ text: indent }, ...cut(line, from, to)]);
    from = to;
    while (text[from] === ' ') from += 1;
  } while (from < text.length);
  return rows;
}

/** Where the line that begins at `from` ends: `text.length` for the last one. */
function breakAfter(text: string, from: number, width: number): number {
  const end = from + charsThatFit(text.slice(from, from + width + 1), width);
  if (end === text.length || text[end] === ' ') return end;
  // A word that would leave most of a line empty is broken.
  const space = text.lastIndexOf(' ', end - 1) + 1;
  return space > from + width / 2 ? space : end;
}

/** `text` is longer by one than what could fit at most. */
function charsThatFit(text: string, width: number): number {
  if (/^[ -~]*$/.test(text)) return Math.min(text.length, width);
  let used = 0;
  let at = 0;
  for (const char of text) {
    used += charWidth(char);
    if (used > width) break;
    at += char.length;
  }
  return at;
}

/** The characters of a line from one place to another, each with its look. */
function cut(line: Row, from: number, to: number): Row {
  const spans: Span[] = [];
  let start = 0;
  for (const span of line) {
    const text = span.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    if (text !== '') spans.push({ ...span, text });
    start += span.text.length;
  }
  return spans;
}
