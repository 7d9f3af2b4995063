import type { Domain } from '../../domain.ts';
import type { Distinct } from '../../generator.ts';
import { MANY, numberedText } from './counts.ts';
import { foldedCase } from './fold-case.ts';
import type { Machine } from './machine.ts';
import { TooLarge } from './nfa.ts';
import { countedTexts, type Demand, sourcesOf } from './source.ts';

/** From this many texts on, a length is long enough for texts that all differ, and an alphabet large enough. */
const PLENTY = 1_000_000;

const NO_BLANKS_AROUND: Demand = { pattern: { source: '^(?:\\S(?:.*\\S)?)?$', ignoreCase: false }, negated: false };

/**
 * Texts that differ in more than case and the blanks around them, by their number; null where what fits is found out only
 * by trying. An alphabet with more characters is taken where the more pleasant one has few texts.
 */
export function distinctTexts(demands: readonly Demand[], domain: Domain): Distinct | null {
  let best: Distinct | null = null;
  for (const { machine, exact } of sourcesOf([...demands, NO_BLANKS_AROUND], domain, 1)) {
    const distinct = exact ? numbered(machine, domain) : null;
    if (distinct && distinct.size > (best?.size ?? 0)) best = distinct;
    if (!exact || (best?.size ?? 0) >= PLENTY) break;
  }
  return best;
}

function numbered(machine: Machine, domain: Domain): Distinct | null {
  const folded = foldedOrNull(machine);
  const source = folded && countedTexts(folded.machine, domain, PLENTY);
  if (!source) return null;
  const sizes = source.counts.map((row) => row[0] ?? 0);
  const lengths = comfortable(source.lengths, sizes);
  const at = (index: number) => {
    let rest = index;
    for (const length of lengths) {
      const size = sizes[length] ?? 0;
      if (rest < size) return folded.unfolded(numberedText(folded.machine, source.counts, length, rest));
      rest -= size;
    }
    throw new RangeError(`there is no text with number ${index}`);
  };
  return { size: lengths.reduce((sum, length) => Math.min(MANY, sum + (sizes[length] ?? 0)), 0), at };
}

function foldedOrNull(machine: Machine): ReturnType<typeof foldedCase> | null {
  try {
    return foldedCase(machine);
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

/** First the lengths that have texts enough, then shorter ones. */
function comfortable(lengths: readonly number[], sizes: readonly number[]): readonly number[] {
  const start = lengths.findIndex((length) => (sizes[length] ?? 0) >= PLENTY);
  return start <= 0 ? lengths : [...lengths.slice(start), ...lengths.slice(0, start).reverse()];
}
