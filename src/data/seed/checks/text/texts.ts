import type { Draws } from '../../../../lib/draws.ts';
import type { Domain } from '../../domain.ts';
import type { Distinct } from '../../generator.ts';
import { fits } from '../fits.ts';
import { drawnText } from './counts.ts';
import { distinctTexts } from './distinct.ts';
import { demandsOf, sourcesOf } from './source.ts';

/** Texts that fit a domain. */
export interface Texts {
  /** A function of the draws alone; null where none was found in a bounded number of attempts. */
  text(draws: Draws): string | null;
  /** Null where what the patterns ask is found out only by trying, or no two texts differ in more than case and blanks. */
  readonly distinct: Distinct | null;
}

/** How much longer than the shortest text the others are. */
const SPREAD = 24;
const ATTEMPTS = 500;

/**
 * Texts for `patterns`, `minLength`, `maxLength` and `noneOf`; null where nothing fits, or what fits is too large to be
 * worked out. All patterns hold at once and by construction, as one automaton. Those that look back or around, and all but
 * one where together they are too large, are tried on texts that were made by the others.
 */
export function textsOf(domain: Domain): Texts | null {
  const demands = demandsOf(domain);
  const [source] = sourcesOf(demands, domain, 1);
  if (source === undefined) return null;
  const lengths = telling(source.lengths);
  const text = (draws: Draws) => {
    for (let attempt = 0; attempt < (source.exact ? 1 : ATTEMPTS); attempt += 1) {
      const found = drawnText(source.machine, source.counts, draws.pick(lengths), draws);
      if (source.exact || fits(found, { ...domain, nullable: 'free' })) return found;
    }
    return null;
  };
  let distinct: Distinct | null | undefined;
  return {
    text,
    get distinct() {
      distinct ??= source.exact ? distinctTexts(demands, domain) : null;
      return distinct;
    },
  };
}

/** Nothing at all and a letter or two only where nothing else fits, and no text much longer than the others. */
function telling(lengths: readonly number[]): readonly number[] {
  const long = lengths.filter((length) => length >= Math.min(3, lengths.at(-1) ?? 0));
  return long.filter((length) => length <= (long[0] ?? 0) + SPREAD);
}
