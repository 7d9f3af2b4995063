import type { Key } from 'ink';

const NAMED = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  // Terminals send for backspace what ink calls delete.
  ['delete', 'backspace'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/** `r`, `R`, `ctrl+c`, `up`, `enter`; null for pasted text and for what has no name. */
export function keyName(input: string, key: Key): string | null {
  const named = NAMED.find(([flag]) => key[flag]);
  if (named) return named[1];
  if (key.ctrl && input !== '') return `ctrl+${input}`;
  return [...input].length === 1 ? charName(input) : null;
}

/**
 * Whether Esc came before a key in one piece, as over a slow line. Terminals send the same for Alt, which means nothing
 * here; arrows and the like begin with Esc themselves.
 */
export function cameWithEscape(sequence: string): boolean {
  return sequence.length > 1 && sequence.startsWith('\u001b') && !/^\u001b[[O]/.test(sequence);
}

export interface Press {
  /** Null for pasted text. */
  readonly name: string | null;
  readonly input: string;
}

/** Bracketed paste (xterm's ctlseqs), as ink passes its marks on. */
const PASTE_BEGINS = '[200~';
const PASTE_ENDS = '[201~';

/** Tells keys that came in one piece, as they do when the machine is busy, from text that was pasted. */
export class Presses {
  #pasting = false;

  take(name: string | null, input: string, escaped = false): readonly Press[] {
    if (input === PASTE_BEGINS || input === PASTE_ENDS) {
      this.#pasting = input === PASTE_BEGINS;
      return [];
    }
    if (this.#pasting) return [{ name: null, input }];
    const before = escaped ? [{ name: 'escape', input: '' }] : [];
    if (name !== null || input === '') return [...before, { name, input }];
    return [...before, ...[...input].map((char) => ({ name: charName(char), input: char }))];
  }
}

const CHARS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
  '\u001b': 'escape',
};

/** ASCII: Ctrl and a letter is that letter's place in the alphabet. */
function charName(char: string): string {
  return CHARS[char] ?? (isControl(char) ? `ctrl+${String.fromCharCode(char.charCodeAt(0) + 0x60)}` : char);
}

function isControl(char: string): boolean {
  return char.length === 1 && char <= '\u001a';
}
