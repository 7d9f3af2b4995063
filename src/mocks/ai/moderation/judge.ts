import { wordsOf } from '../writing/words.ts';
import { type Category, SIGNS, type Sign } from './signs.ts';

/** So many words before and behind are near. */
const NEAR = 5;

type Is = (word: string) => boolean;

interface ReadySign {
  readonly category: Category;
  readonly is: Is;
  readonly near: readonly Is[];
  readonly unless: Is;
}

const READY: readonly ReadySign[] = Object.entries(SIGNS).flatMap(([category, signs]) =>
  signs.map((sign) => ready(category as Category, sign)),
);

/** How often a text shows the signs of each category. It knows words and their neighbours, and understands nothing. */
export function signsIn(text: string): ReadonlyMap<Category, number> {
  const words = wordsOf(text.toLowerCase().replaceAll('self-harm', 'selfharm').replaceAll('’', "'"));
  const known = new Map<string, readonly ReadySign[]>();
  const counts = new Map<Category, number>();
  for (const [index, word] of words.entries()) {
    const signs = known.get(word) ?? READY.filter(({ is }) => is(word));
    known.set(word, signs);
    if (signs.length === 0) continue;
    const around = words.slice(Math.max(0, index - NEAR), index + NEAR + 1);
    for (const { category, near, unless } of signs) {
      const isMeant = near.every((is) => around.some(is)) && !around.some(unless);
      if (isMeant) counts.set(category, (counts.get(category) ?? 0) + 1);
    }
  }
  return counts;
}

function ready(category: Category, { words, near = [], unless = '' }: Sign): ReadySign {
  return { category, is: oneOf(words), near: near.map(oneOf), unless: oneOf(unless) };
}

function oneOf(list: string): Is {
  const words = list.split(/\s+/).filter(Boolean);
  const exact = new Set(words.filter((word) => !word.endsWith('*')));
  const begins = words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  return (word) => exact.has(word) || begins.some((begin) => word.startsWith(begin));
}
