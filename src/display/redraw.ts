/** The part of a terminal that is written to; its size is null where it isn't known. */
export interface Canvas {
  write(text: string): void;
  size(): { readonly columns: number; readonly rows: number } | null;
  readonly unicode: boolean;
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const REST_OF_LINE = '\u001b[K';
const REST_OF_SCREEN = '\u001b[J';

/** Lines in place of those before, on the terminal's second screen; disposing gives the first one back. */
export function redrawn(canvas: Canvas): Disposable & { draw(lines: readonly string[]): void } {
  canvas.write(ENTER);
  return {
    draw(lines) {
      const { columns, rows } = canvas.size() ?? { columns: 80, rows: 24 };
      const more = canvas.unicode ? '…' : '>';
      const shown = fitted(lines, rows, more).map((line) => `${cut(line, columns, more)}${REST_OF_LINE}`);
      canvas.write(`${HOME}${shown.join('\r\n')}${REST_OF_SCREEN}`);
    },
    [Symbol.dispose]: () => canvas.write(LEAVE),
  };
}

/** The last line says how many there are no rows for. */
function fitted(lines: readonly string[], rows: number, more: string): readonly string[] {
  if (lines.length <= rows) return lines;
  const hidden = lines.length - rows + 1;
  return [...lines.slice(0, rows - 1), `${more} and ${hidden} more`];
}

/** What comes from labels can't move the cursor. */
function cut(line: string, columns: number, more: string): string {
  const text = line.replace(/\p{Cc}/gu, ' ');
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join('')}${more}`;
}
