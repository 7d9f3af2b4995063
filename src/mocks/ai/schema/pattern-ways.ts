import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** In how many places an expression may go on in more than one way. */
interface Ways {
  /** Repetitions of one character: as many ways as the text has characters. */
  readonly runs: number;
  /** Alternatives and what may be missing: two ways each. */
  readonly forks: number;
}

const NONE: Ways = { runs: 0, forks: 0 };
/** What is repeated may be matched in ways without number. */
const ENDLESS: Ways = { runs: Infinity, forks: Infinity };

/** How many ways an expression can try at most in a text of that many UTF-16 units, roughly; Infinity where nobody knows. */
export function waysToTry(pattern: string, isUnicode: boolean): (length: number) => number {
  const tree = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(pattern, 0, pattern.length, { unicode: isUnicode });
  const { runs, forks } = ofAll(tree.alternatives);
  // What isn't bound to the beginning is tried from each character on.
  const all = runs + (pattern.startsWith('^') && tree.alternatives.length === 1 ? 0 : 1);
  return (length) => Math.max(2, length) ** all * 2 ** forks;
}

function ofAll(alternatives: readonly AST.Alternative[]): Ways {
  const inner = alternatives.flatMap(({ elements }) => elements.map(ofElement));
  return [...inner, { runs: 0, forks: alternatives.length - 1 }].reduce(sum, NONE);
}

function ofElement(element: AST.Element): Ways {
  if (element.type === 'Quantifier') return ofRepeated(element);
  return 'alternatives' in element ? ofAll(element.alternatives) : NONE;
}

function ofRepeated({ min, max, element }: AST.Quantifier): Ways {
  const inner = ofElement(element);
  if (max <= 1) return sum(inner, { runs: 0, forks: 1 });
  if (element.type === 'Group' || element.type === 'CapturingGroup') return ENDLESS;
  return sum(inner, { runs: min === max ? 0 : 1, forks: 0 });
}

function sum(a: Ways, b: Ways): Ways {
  return { runs: a.runs + b.runs, forks: a.forks + b.forks };
}
