import type { Fact } from '../facts/fact.ts';
import type { Field } from '../facts/fields.ts';
import { relation, stem } from '../facts/related.ts';
import type { Wanted } from './wanted.ts';

/** Words that say of which kind a value is, and not which one of the kind. */
const OF_KIND = new Set('date day time number no id name value address mail email at on of in code'.split(' '));
const USED = 0.3;

/** How well the words beside a fact go with what is wanted: from 0 to 1; the nearest word counts most. */
export function match({ words, owner }: Wanted, label: readonly string[]): number {
  let best = 0;
  for (const [place, said] of label.entries()) {
    const near = 1 - place / 4;
    for (const word of words) best = Math.max(best, relation(word, said) * near * (OF_KIND.has(word) ? 0.5 : 1));
    for (const word of owner) best = Math.max(best, relation(word, said) * near * 0.3);
  }
  return best;
}

/**
 * The facts that fit best first, else in the order of the text; those that a value was made of already come later, by
 * themselves or by what is `written` of them.
 */
export function ranked<T extends Fact<unknown>>(
  facts: readonly T[],
  wanted: Wanted,
  used: ReadonlySet<unknown>,
  written: (fact: T) => unknown = ({ value }) => value,
): T[] {
  const isUsed = (fact: T): boolean => used.has(fact) || used.has(written(fact));
  return facts
    .map((fact) => ({ fact, score: match(wanted, fact.label) - (isUsed(fact) ? USED : 0) }))
    .sort((a, b) => b.score - a.score)
    .map(({ fact }) => fact);
}

/** The fact that fits best; from now on it is one that a value was made of. */
export function taken<T extends Fact<unknown>>(facts: readonly T[], wanted: Wanted, used: Set<unknown>): T | undefined {
  const [best] = ranked(facts, wanted, used);
  if (best) used.add(best);
  return best;
}

/** What the text gives that very name to, or that name of the object around it: "customer name: Ann". */
export function fieldFor(fields: readonly Field[], { words, owner }: Wanted): string | null {
  if (words.length === 0) return null;
  const names = [words, [...owner, ...words]].map(keyOf);
  return fields.find(({ name }) => names.includes(keyOf(name.split(/[ _-]+/))))?.value ?? null;
}

function keyOf(words: readonly string[]): string {
  return words.map(stem).join(' ');
}
