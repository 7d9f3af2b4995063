import type { Node } from 'libpg-query';
import type { Pattern } from '../../domain.ts';
import { reasonAgainst } from '../text/matches.ts';
import type { Atom } from './atom.ts';
import { matched } from './compare-text.ts';
import { folded } from './fold.ts';
import { operandOf } from './operand.ts';
import { Beyond, callOf, type Reading } from './reading.ts';
import { fromSimilar } from './similar.ts';

type Kind = Omit<Pattern, 'source'>;

const regex: Kind = { kind: 'regex', ignoreCase: false, negated: false };
const like: Kind = { kind: 'like', ignoreCase: false, negated: false };

const OPERATORS: Readonly<Record<string, Kind>> = {
  '~': regex,
  '~*': { ...regex, ignoreCase: true },
  '!~': { ...regex, negated: true },
  '!~*': { ...regex, ignoreCase: true, negated: true },
  '~~': like,
  '~~*': { ...like, ignoreCase: true },
  '!~~': { ...like, negated: true },
  '!~~*': { ...like, ignoreCase: true, negated: true },
};

/** A text that fits a pattern: ~ and its kin, LIKE, SIMILAR TO; null for any other operator. */
export function patternAtom(left: Node, operator: string, right: Node, reading: Reading): Atom | null {
  const kind = OPERATORS[operator];
  if (!kind) return null;
  const source = sourceOf(right, reading);
  if (source === null) throw new Beyond('has a pattern that is no constant');
  return matchedBy(left, { ...kind, source }, reading);
}

export function matchedBy(text: Node, pattern: Pattern, reading: Reading): Atom {
  const operand = operandOf(text, reading);
  if (operand.kind !== 'text') throw new Beyond('looks at the text of what is not text');
  const reason = reasonAgainst(pattern);
  if (reason !== null) throw new Beyond(reason);
  return matched(operand, pattern);
}

function sourceOf(node: Node, reading: Reading): string | null {
  const constant = folded(node, reading);
  if (constant) return constant.kind === 'text' ? constant.value : null;
  const call = callOf(node);
  const [pattern, escaping] = (call?.args ?? []).map((arg) => folded(arg, reading));
  if (pattern?.kind !== 'text') return null;
  const sign = escaping?.kind === 'text' ? escaping.value : '\\';
  if (call?.name === 'similar_to_escape' || call?.name === 'similar_escape') return fromSimilar(pattern.value, sign);
  return call?.name === 'like_escape' ? withBackslash(pattern.value, sign) : null;
}

/** A pattern of LIKE with the escape that it has when none is named. */
function withBackslash(pattern: string, sign: string): string {
  let result = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] as string;
    const escapes = character === sign;
    if (escapes) at += 1;
    result += escapes ? `\\${pattern[at] ?? ''}` : character === '\\' ? '\\\\' : character;
  }
  return result;
}
