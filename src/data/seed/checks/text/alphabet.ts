import type { AST } from '@eslint-community/regexpp';
import { visitRegExpAST } from '@eslint-community/regexpp';

const between = (first: string, last: string) =>
  Array.from({ length: last.charCodeAt(0) - first.charCodeAt(0) + 1 }, (_, at) =>
    String.fromCharCode(first.charCodeAt(0) + at),
  );

const PLAIN = [...between('a', 'z'), ...between('0', '9')];
const LETTERS = [...between('A', 'Z'), ' ', '-', '_', '.'];
const PRINTABLE = between(' ', '~');

/** A range of a class with more characters is a way to say "any", not the characters that are meant. */
const RANGE = 26;

/**
 * The characters that texts are made of, the more pleasant choice first: small letters, digits and what the patterns name;
 * then capitals and blanks; then all of ASCII that can be seen. A later one is for patterns that need it.
 */
export function alphabets(patterns: readonly AST.Pattern[]): readonly (readonly string[])[] {
  const named = new Set<string>();
  for (const pattern of patterns) {
    visitRegExpAST(pattern, {
      onCharacterEnter({ value, parent }) {
        if (parent.type !== 'CharacterClassRange' && !isNegated(parent)) named.add(String.fromCodePoint(value));
      },
      onCharacterClassRangeEnter({ min, max, parent }) {
        if (isNegated(parent) || max.value - min.value >= RANGE) return;
        for (let code = min.value; code <= max.value; code += 1) named.add(String.fromCodePoint(code));
      },
    });
  }
  const pleasant = [...new Set([...PLAIN, ...named])];
  const more = [...new Set([...pleasant, ...LETTERS])];
  return [pleasant, more, [...new Set([...more, ...PRINTABLE])]];
}

function isNegated(parent: AST.Node): boolean {
  return parent.type === 'CharacterClass' && parent.negate;
}
