import { charWidth } from '../char-width.ts';

/** A line that is being typed. The cursor counts characters, from 0; at the end it is behind the last one. */
export interface EditedLine {
  readonly text: string;
  readonly cursor: number;
}

export function lineOf(text: string): EditedLine {
  return { text, cursor: [...text].length };
}

/** With the keys of readline. Pasted text, and what is no key of these, is put in at the cursor. */
export function editLine({ text, cursor }: EditedLine, name: string | null, input: string): EditedLine {
  const chars = [...text];
  const left = chars.slice(0, cursor).join('');
  const right = chars.slice(cursor).join('');
  const withLeft = (changed: string): EditedLine => ({ text: changed + right, cursor: [...changed].length });
  switch (name) {
    case 'left':
      return { text, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { text, cursor: Math.min(chars.length, cursor + 1) };
    case 'home':
    case 'ctrl+a':
      return { text, cursor: 0 };
    case 'end':
    case 'ctrl+e':
      return lineOf(text);
    case 'backspace':
      return withLeft([...left].slice(0, -1).join(''));
    case 'ctrl+u':
      return withLeft('');
    case 'ctrl+k':
      return lineOf(left);
    case 'ctrl+w':
      return withLeft(left.replace(/\S*\s*$/, ''));
    default:
      if (name !== null && [...name].length > 1) return { text, cursor };
      // Pasted text may have more lines than a prompt.
      return withLeft(left + input.replace(/[\u0000-\u001f\u007f]/g, ' '));
  }
}

/** The part around the cursor that has room: before it, at it, and behind it. */
export function visiblePart({ text, cursor }: EditedLine, room: number): readonly [string, string, string] {
  const chars = [...text];
  let first = 0;
  const cut = () => (first > 0 ? '…' : '');
  while (first < cursor && widthOf(`${cut()}${chars.slice(first, cursor + 1).join('')}`) >= room) first += 1;
  return [cut() + chars.slice(first, cursor).join(''), chars[cursor] ?? ' ', chars.slice(cursor + 1).join('')];
}

function widthOf(text: string): number {
  return [...text].reduce((width, char) => width + charWidth(char), 0);
}
