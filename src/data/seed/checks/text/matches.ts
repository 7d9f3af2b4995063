import type { Pattern } from '../../domain.ts';
import { fromLike } from './like.ts';
import { fromPosix } from './posix.ts';

/** A pattern in the words of JavaScript, with the flags `s` and `u`. */
export interface Translated {
  readonly source: string;
  readonly ignoreCase: boolean;
}

/** Throws where the pattern isn't understood, with why. */
export function translated({ kind, source, ignoreCase }: Pattern): Translated {
  if (kind === 'like') return { source: fromLike(source), ignoreCase };
  const posix = fromPosix(source);
  return { source: posix.source, ignoreCase: posix.ignoreCase ?? ignoreCase };
}

function compiled(pattern: Pattern): RegExp {
  const { source, ignoreCase } = translated(pattern);
  return new RegExp(source, ignoreCase ? 'isu' : 'su');
}

const known = new WeakMap<Pattern, RegExp>();

/** Whether a text is as the pattern wants it, `negated` included. */
export function matches(text: string, pattern: Pattern): boolean {
  const expression = known.get(pattern) ?? compiled(pattern);
  known.set(pattern, expression);
  return expression.test(text) !== pattern.negated;
}

/** Why a pattern can't be followed here, in words that go on after "it"; null for one that can. */
export function reasonAgainst(pattern: Pattern): string | null {
  try {
    compiled(pattern);
    return null;
  } catch (error) {
    return `has a pattern that is not understood (${error instanceof Error ? error.message : error})`;
  }
}
