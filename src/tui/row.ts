/** A piece of a line with one look. `text` may hold colours of its own. */
export interface Span {
  readonly text: string;
  readonly color?: Color;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

export type Color = 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'gray';

/** One line of the screen. Too long a one is cut off where it is shown. */
export type Row = readonly Span[];

export function row(...parts: readonly (string | Span)[]): Row {
  return parts.map((part) => (typeof part === 'string' ? { text: part } : part));
}

/** In a column of this width, one space before the next included. */
export function cell(text: string, width: number): string {
  return `${text.length < width ? text : `${text.slice(0, Math.max(0, width - 2))}…`}`.padEnd(width);
}

export function textOf(line: Row): string {
  return line.map(({ text }) => text).join('');
}
