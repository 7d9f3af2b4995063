import { stripVTControlCharacters } from 'node:util';

/** Colours and the like; every other sequence would move the cursor or change the terminal. */
const STYLE = /\u001b\[[\d;:]*m/g;
/** Anything to look at more closely; `\n` and `\t` are none of it. */
const CONTROLLED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const CONTROL = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** The same for text of several lines, each for itself. */
export function shownLines(text: string): string {
  return CONTROLLED.test(text) ? text.split('\n').map(shownText).join('\n') : text;
}

/** A line as it may be shown: its colours stay, everything else that a terminal would obey goes. */
export function shownText(line: string): string {
  // What a progress bar has written over counts as gone.
  const last = line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1);
  if (!last.includes('\u001b')) return withoutControl(last);
  const styles = last.match(STYLE) ?? [];
  const parts = last.split(STYLE).map((part) => withoutControl(stripVTControlCharacters(part)));
  return parts.map((part, index) => part + (styles[index] ?? '')).join('') + (styles.length > 0 ? '\u001b[0m' : '');
}

export function plainText(shown: string): string {
  return shown.includes('\u001b') ? stripVTControlCharacters(shown) : shown;
}

function withoutControl(text: string): string {
  return text.replaceAll('\t', '    ').replace(CONTROL, '').replaceAll('\u001b', '');
}
