import { boundedFind } from '../bounded-pattern.ts';
import { waysToTry } from './pattern-ways.ts';

/** All calls wait while one expression is tried. */
const MOST_MS = 100;
/** After so many that took too long no other is tried. */
const MOST_GIVEN_UP = 3;
/** Tried at once, without a limit of time: a few milliseconds at most. */
const FEW_WAYS = 1_000_000;

/** One regular expression of a schema. */
export interface Pattern {
  readonly regexp: RegExp;
  readonly isGivenUp: () => boolean;
  /** The first of the texts that match. */
  readonly first: (texts: readonly string[]) => string | null;
}

/**
 * The regular expressions of an answer's schemas, which come from the app: one that tries too many ways is given up for
 * the rest of the answer, and matches nothing then.
 */
export class Patterns {
  readonly #known = new Map<string, Pattern | null>();
  #givenUp = 0;

  /** Null for what is no regular expression. */
  of(source: string): Pattern | null {
    const known = this.#known.get(source);
    if (known !== undefined) return known;
    const regexp = compiled(source);
    const pattern = regexp && this.#bounded(regexp);
    this.#known.set(source, pattern);
    return pattern;
  }

  #bounded(regexp: RegExp): Pattern {
    let isGivenUp = false;
    const find = boundedFind(regexp, MOST_MS, () => {
      isGivenUp = true;
      this.#givenUp += 1;
    });
    const ways = waysToTry(regexp.source, regexp.unicode);
    const isQuick = (text: string): boolean => ways(text.length) <= FEW_WAYS;
    const hasNoTime = (): boolean => isGivenUp || this.#givenUp >= MOST_GIVEN_UP;
    return {
      regexp,
      isGivenUp: hasNoTime,
      first(texts) {
        if (texts.every(isQuick)) return texts.find((text) => regexp.test(text)) ?? null;
        return hasNoTime() ? null : find(texts);
      },
    };
  }
}

/** Many patterns are written for engines that take needless escapes. */
function compiled(source: string): RegExp | null {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(source, flags);
    } catch {
      // The next one, or none.
    }
  }
  return null;
}
