import { type AST, RegExpParser } from '@eslint-community/regexpp';
import type { Draws } from '../../../lib/draws.ts';
import type { Pattern } from './patterns.ts';

/** Characters that texts are made of where a pattern leaves a choice, the usual ones first. */
const USUAL = [...'abcdefghijklmnopqrstuvwxyz', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', ...'0123456789'];
const OTHERS = [...` _-.,:;!?@#$%&*+=/\\|~^'"\`()[]{}<>\t\n`, ...'äéñßøçžλжי中ひ'];
const TRIES = 300;
/** Of what may be repeated for ever, so many more than must be at first; longer texts are tried after shorter ones. */
const FEW = 2;
const MANY = 20;

/**
 * A text that a pattern finds, of a length between the two in characters; null where none came. Of a pattern that takes
 * too long to be tried it is what is written by it, untried.
 */
export function textMatching(
  { regexp, first, isGivenUp }: Pattern,
  least: number,
  most: number,
  draws: Draws,
): string | null {
  const pattern = regexp.source;
  const parser = new RegExpParser({ ecmaVersion: 2024 });
  const tree = parser.parsePattern(pattern, 0, pattern.length, { unicode: regexp.unicode });
  for (let index = 0; index < TRIES; index += 1) {
    const longest = Math.min(most, least + MANY);
    // Every third try is as short as can be, every fifth has one repetition that is long enough alone.
    const more = index % 3 === 2 ? 0 : Math.min(FEW + index, longest);
    const writer = new Writer(draws, regexp.flags, more, index % 5 === 4 ? least : 0);
    const text = fitted(writer.alternatives(tree.alternatives), pattern, least, most);
    const { length } = [...text];
    if (length >= least && length <= most && (first([text]) !== null || isGivenUp())) return text;
  }
  return null;
}

/** A pattern that isn't bound to the end leaves room behind it. */
function fitted(text: string, pattern: string, least: number, most: number): string {
  const length = [...text].length;
  if (length < least && !pattern.endsWith('$')) return text + 'a'.repeat(least - length);
  return length > most && !pattern.endsWith('$') ? [...text].slice(0, most).join('') : text;
}

class Writer {
  readonly #draws: Draws;
  readonly #flags: string;
  readonly #more: number;
  readonly #least: number;
  readonly #groups = new Map<AST.CapturingGroup, string>();

  constructor(draws: Draws, flags: string, more: number, least: number) {
    this.#draws = draws;
    this.#flags = flags;
    this.#more = more;
    this.#least = least;
  }

  alternatives(list: readonly AST.Alternative[]): string {
    return this.#draws
      .pick(list)
      .elements.map((element) => this.#element(element))
      .join('');
  }

  #element(element: AST.Element): string {
    switch (element.type) {
      case 'Character':
        return String.fromCodePoint(element.value);
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return this.#character(element.raw);
      case 'Group':
        return this.alternatives(element.alternatives);
      case 'CapturingGroup': {
        const text = this.alternatives(element.alternatives);
        this.#groups.set(element, text);
        return text;
      }
      case 'Backreference':
        return [element.resolved]
          .flat()
          .map((group) => this.#groups.get(group) ?? '')
          .join('');
      case 'Quantifier':
        return this.#repeated(element);
      case 'Assertion':
        // What is looked for ahead is met by chance or not at all: the caller tests the text.
        return '';
    }
  }

  #repeated({ min, max, element }: AST.Quantifier): string {
    const wanted = Math.max(min, this.#least);
    const most = Math.min(max, Math.max(wanted, min + this.#more));
    const count = this.#draws.between(Math.min(wanted, most), most);
    return Array.from({ length: count }, () => this.#element(element)).join('');
  }

  #character(raw: string): string {
    const one = new RegExp(`^${raw}$`, this.#flags.includes('u') ? 'su' : 's');
    const usual = USUAL.filter((character) => one.test(character));
    if (usual.length > 0) return this.#draws.pick(usual);
    const other = OTHERS.filter((character) => one.test(character));
    if (other.length > 0) return this.#draws.pick(other);
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 97) {
      if ((code < 0xd800 || code > 0xdfff) && one.test(String.fromCodePoint(code))) return String.fromCodePoint(code);
    }
    return '';
  }
}
