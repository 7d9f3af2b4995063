import { ESCAPES } from './escapes.ts';
import type { Part } from './posix.ts';

/** Classes of POSIX as they are in a database with Unicode; of what is made here only their ASCII part is used. */
const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  digit: '0-9',
  alnum: '\\p{L}\\p{Nd}',
  word: '\\p{L}\\p{Nd}_',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~\\p{P}',
  cntrl: '\\p{Cc}',
  xdigit: '0-9A-Fa-f',
  graph: '!-~\\p{L}\\p{Nd}\\p{P}\\p{S}',
  print: ' -~\\p{L}\\p{Nd}\\p{P}\\p{S}',
  ascii: '\\x00-\\x7f',
};

const IN_BRACKETS: Readonly<Record<string, string>> = { ...ESCAPES, w: '\\p{L}\\p{Nd}_' };

const WORD_EDGES: Readonly<Record<string, string>> = {
  '[[:<:]]': '\\b(?=[\\p{L}\\p{Nd}_])',
  '[[:>:]]': '\\b(?<=[\\p{L}\\p{Nd}_])',
};

/** `[…]`, in which `]` may come first and classes have names. */
export function bracketAt(pattern: string, start: number): Part {
  const edge = WORD_EDGES[pattern.slice(start, start + 7)];
  if (edge) return { source: edge, end: start + 7 };
  const negated = pattern[start + 1] === '^';
  let at = start + (negated ? 2 : 1);
  let source = negated ? '[^' : '[';
  for (const first = at; at === first || pattern[at] !== ']'; ) {
    const item = itemAt(pattern, at);
    source += item.source;
    at = item.end;
  }
  return { source: `${source}]`, end: at + 1 };
}

function itemAt(pattern: string, at: number): Part {
  const rest = pattern.slice(at);
  const named = /^\[:(\w+):\]/.exec(rest);
  if (named) return { source: classNamed(named[1] ?? ''), end: at + named[0].length };
  const single = /^\[([.=])(.)\1\]/su.exec(rest);
  if (single) return { source: inside(single[2] ?? ''), end: at + single[0].length };
  if (/^\[[.=:]/.test(rest)) throw new Error(rest.slice(0, 8));
  if (rest.startsWith('\\')) return escapeAt(rest, at);
  const character = [...rest][0];
  if (character === undefined) throw new Error('a bracket without its end');
  // A hyphen makes a range only between two characters; at an end, and after a range or a class, it means itself.
  const range = character === '-' && at > 0 && !isEdge(pattern, at);
  return { source: range ? '-' : inside(character), end: at + character.length };
}

function isEdge(pattern: string, at: number): boolean {
  return (
    pattern[at + 1] === ']' ||
    /(^|[^\\])\[\^?$/.test(pattern.slice(0, at)) ||
    /(:\]|\\[wds])$/i.test(pattern.slice(0, at))
  );
}

function classNamed(name: string): string {
  const known = CLASSES[name];
  if (known === undefined) throw new Error(`[:${name}:]`);
  return known;
}

function escapeAt(rest: string, at: number): Part {
  const code = /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]+))/.exec(rest);
  if (code) return { source: `\\u{${code[1] ?? code[2]}}`, end: at + code[0].length };
  const character = [...rest.slice(1)][0];
  if (character === undefined) throw new Error('a backslash at the end');
  const known = IN_BRACKETS[character];
  if (known === undefined && /[a-z0-9]/i.test(character)) throw new Error(`\\${character} in brackets`);
  return { source: known ?? inside(character), end: at + 1 + character.length };
}

/** A character that means itself in brackets, also to JavaScript with the flag `u`. */
function inside(character: string): string {
  return /^[\\\]^/-]$/.test(character) || character === '[' ? `\\${character}` : character;
}
