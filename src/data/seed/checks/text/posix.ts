import { bracketAt } from './bracket.ts';
import { ESCAPES } from './escapes.ts';
import { literal } from './like.ts';

export interface Posix {
  readonly source: string;
  /** Said by the pattern itself, as `(?i)`; null where it says nothing. */
  readonly ignoreCase: boolean | null;
}

const OUTSIDE: Readonly<Record<string, string>> = {
  ...ESCAPES,
  A: '^',
  Z: '$',
  m: '\\b(?=[\\p{L}\\p{Nd}_])',
  M: '\\b(?<=[\\p{L}\\p{Nd}_])',
  y: '\\b',
  Y: '\\B',
  w: '[\\p{L}\\p{Nd}_]',
  W: '[^\\p{L}\\p{Nd}_]',
};

/**
 * A regular expression of Postgres ("advanced": https://www.postgresql.org/docs/current/functions-matching.html) in the
 * words of JavaScript with the flags `s` and `u`. Throws, with what it was, where there are none.
 */
export function fromPosix(pattern: string): Posix {
  const director = /^\*\*\*([=:])/.exec(pattern);
  if (director?.[1] === '=') return { source: [...pattern.slice(4)].map(literal).join(''), ignoreCase: null };
  const rest = director ? pattern.slice(4) : pattern;
  const options = /^\(\?([a-z]+)\)/.exec(rest);
  const letters = options?.[1] ?? '';
  if (/[^icste]/.test(letters)) throw new Error(`the option ${letters}`);
  const ignoreCase = letters.includes('i') ? true : letters.includes('c') ? false : null;
  return { source: body(options ? rest.slice(options[0].length) : rest), ignoreCase };
}

function body(pattern: string): string {
  let result = '';
  for (let at = 0; at < pattern.length; ) {
    const part = partAt(pattern, at);
    result += part.source;
    at = part.end;
  }
  return result;
}

/** A piece of a pattern in other words, and where what follows begins. */
export interface Part {
  readonly source: string;
  readonly end: number;
}

function partAt(pattern: string, at: number): Part {
  const character = String.fromCodePoint(pattern.codePointAt(at) as number);
  if (character === '[') return bracketAt(pattern, at);
  if (character === '\\') return escapeAt(pattern, at);
  if (character === '{' && !/^\{\d+(,\d*)?\}/.test(pattern.slice(at))) return { source: '\\{', end: at + 1 };
  if (character === '}' && !/\{\d+(,\d*)?$/.test(pattern.slice(0, at))) return { source: '\\}', end: at + 1 };
  if (character === ']' || character === '/') return { source: `\\${character}`, end: at + 1 };
  return { source: character, end: at + character.length };
}

function escapeAt(pattern: string, at: number): Part {
  const rest = pattern.slice(at);
  const back = /^\\([1-9]\d?)/.exec(rest);
  if (back) return { source: `(?:\\${back[1]})`, end: at + back[0].length };
  const code = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]+))/.exec(rest);
  if (code) return { source: `\\u{${code[1] ?? code[2] ?? code[3]}}`, end: at + code[0].length };
  const character = [...rest.slice(1)][0];
  if (character === undefined) throw new Error('a backslash at the end');
  const known = OUTSIDE[character];
  if (known === undefined && /[a-z0-9]/i.test(character)) throw new Error(`\\${character}`);
  return { source: known ?? literal(character), end: at + 1 + character.length };
}
