import { visiblePart } from '../keys/line-edit.ts';
import { parsePattern } from '../logs/filter.ts';
import { type Row, row } from '../row.ts';
import type { Overlay } from '../state.ts';

/** The line that is typed, scrolled so that its cursor is seen. */
export function promptRow(prompt: Overlay & { readonly kind: 'prompt' }, width: number): Row {
  const sign = prompt.purpose === 'filter' ? '/' : ':devenv ';
  const [before, at, after] = visiblePart(prompt, width - sign.length);
  const literal = prompt.purpose === 'filter' && parsePattern(prompt.text).literal;
  return row({ text: sign, bold: true }, before, { text: at, inverse: true }, after, {
    text: literal ? '  no regular expression: taken as it stands' : '  enter, esc',
    dim: true,
  });
}
