import type { Translated } from './matches.ts';
import { parsed } from './nfa.ts';

/** A pattern that holds, or must not, from the beginning of the text on. */
interface Part {
  readonly pattern: Translated;
  readonly negated: boolean;
}

/**
 * A pattern that looks ahead right at the beginning, as those of passwords do (`^(?=.*[A-Z])(?=.*[0-9]).{8,}$`), as several
 * that hold at once; null for any other.
 */
export function lookAheads(translated: Translated): readonly Part[] | null {
  const { alternatives } = parsed(translated);
  const [first, ...rest] = alternatives.length === 1 ? (alternatives[0]?.elements ?? []) : [];
  if (first?.type !== 'Assertion' || first.kind !== 'start') return null;
  const count = rest.findIndex((element) => element.type !== 'Assertion' || element.kind !== 'lookahead');
  const ahead = rest.slice(0, count < 0 ? rest.length : count);
  if (ahead.length === 0) return null;
  const parts = ahead.flatMap((element) => {
    if (element.type !== 'Assertion' || element.kind !== 'lookahead') return [];
    const source = `^(?:${element.alternatives.map(({ raw }) => raw).join('|')})`;
    return [{ pattern: { ...translated, source }, negated: element.negate }];
  });
  const after = `^${rest
    .slice(ahead.length)
    .map(({ raw }) => raw)
    .join('')}`;
  return [...parts, { pattern: { ...translated, source: after }, negated: false }];
}
