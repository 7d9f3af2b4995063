import type { Domain, Pattern } from '../../domain.ts';
import type { Draws } from '../../draws.ts';
import type { Distinct } from '../../generator.ts';
import { fits } from '../fits.ts';
import { alphabets } from './alphabet.ts';
import { type Counts, countsOf, drawnText, MANY, numberedText } from './counts.ts';
import { foldedCase } from './fold-case.ts';
import { lookAheads } from './look-aheads.ts';
import { type Machine, machineOf, type Wanted } from './machine.ts';
import { type Translated, translated } from './matches.ts';
import { nfaOf, parsed, TooLarge } from './nfa.ts';

/** Texts that fit a domain. */
export interface Texts {
  /** A function of the draws alone; null where none was found in a bounded number of attempts. */
  text(draws: Draws): string | null;
  /** Null where what the patterns ask is found out only by trying, or no two texts differ in more than case and blanks. */
  readonly distinct: Distinct | null;
}

/** How much longer than the shortest text the others are. */
const SPREAD = 24;
/** From this many texts on, a length is long enough for texts that all differ. */
const PLENTY = 1_000_000;
const LONGEST = 10_000;
const ATTEMPTS = 500;

/**
 * Texts for `patterns`, `minLength`, `maxLength` and `noneOf`; null where nothing fits, or the patterns are so large that
 * this isn't known. All patterns hold at once and by construction, as one automaton; those that look back or around are
 * made by what else they say and tried.
 */
export function textsOf(domain: Domain): Texts | null {
  const unwanted = domain.noneOf.flatMap((value) => (typeof value === 'string' ? [exactly(value)] : []));
  const demands = [...domain.patterns.flatMap(demandOf), ...unwanted];
  const made = makerOf(demands, domain);
  if (made === null) return null;
  const { source, exact } = made;
  const text = (draws: Draws) => {
    for (let attempt = 0; attempt < (exact ? 1 : ATTEMPTS); attempt += 1) {
      const found = drawnText(source.machine, source.counts, draws.pick(source.lengths), draws);
      if (exact || fits(found, domain)) return found;
    }
    return null;
  };
  return { text, distinct: exact ? distinctOf(demands, domain, source) : null };
}

interface Demand {
  readonly pattern: Translated;
  readonly negated: boolean;
}

function demandOf(pattern: Pattern): readonly Demand[] {
  const plain = translated(pattern);
  const parts = pattern.negated ? null : lookAheads(plain);
  return parts ?? [{ pattern: plain, negated: pattern.negated }];
}

function exactly(text: string): Demand {
  const source = `^${[...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('')}$`;
  return { pattern: { source, ignoreCase: false }, negated: true };
}

/** Texts of certain lengths of an automaton. */
interface Source {
  readonly machine: Machine;
  readonly counts: Counts;
  /** Those that have texts, the shortest first. */
  readonly lengths: readonly number[];
}

interface Made {
  readonly source: Source;
  readonly exact: boolean;
}

function makerOf(demands: readonly Demand[], domain: Domain): Made | null {
  try {
    const longest = Math.min(domain.maxLength ?? LONGEST, LONGEST);
    const read = demands.map(({ pattern, negated }) => ({ nfa: nfaOf(pattern, longest), negated }));
    const wanted: readonly Wanted[] = read.filter(({ nfa, negated }) => nfa.exact || !negated);
    const named = demands.flatMap(({ pattern, negated }) => (negated ? [] : [parsed(pattern)]));
    for (const alphabet of alphabets(named)) {
      const source = sourceOf(machineOf(wanted, alphabet), domain);
      if (source) return { source, exact: read.every(({ nfa }) => nfa.exact) };
    }
    return null;
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

function sourceOf(machine: Machine, { minLength, maxLength }: Domain): Source | null {
  const from = minLength ?? 0;
  const most = Math.min(maxLength ?? LONGEST, LONGEST);
  for (const reach of [SPREAD, 20 * SPREAD, LONGEST]) {
    const counts = countsOf(machine, Math.min(most, from + reach));
    const all = counts.flatMap((row, length) => (length >= from && (row[0] ?? 0) > 0 ? [length] : []));
    const shortest = all[0];
    if (shortest === undefined) continue;
    // Nothing at all and single letters only where nothing else fits.
    const telling = all.filter((length) => length >= Math.min(3, all.at(-1) ?? 0));
    const lengths = telling.filter((length) => length <= Math.max(shortest, telling[0] ?? 0) + SPREAD);
    return { machine, counts, lengths };
  }
  return null;
}

const NO_BLANKS_AROUND: Demand = { pattern: { source: '^(?:\\S(?:.*\\S)?)?$', ignoreCase: false }, negated: false };

/** Texts that differ in more than case and the blanks around them, by their number. */
function distinctOf(demands: readonly Demand[], domain: Domain, { machine }: Source): Distinct | null {
  const blanks = machine.classes.some((characters) => characters.some((one) => /\s/.test(one)));
  const without = blanks ? makerOf([...demands, NO_BLANKS_AROUND], domain)?.source.machine : machine;
  if (!without) return null;
  const folded = foldedCase(without);
  const source = sourceOf(folded.machine, domain);
  if (!source) return null;
  const sizes = source.counts.map((row) => row[0] ?? 0);
  const inOrder = comfortable(source.lengths, sizes);
  const size = inOrder.reduce((sum, length) => Math.min(MANY, sum + (sizes[length] ?? 0)), 0);
  const at = (index: number) => {
    let rest = index;
    const length = inOrder.find((one) => {
      if (rest < (sizes[one] ?? 0)) return true;
      rest -= sizes[one] ?? 0;
      return false;
    });
    return length === undefined ? '' : folded.unfolded(numberedText(folded.machine, source.counts, length, rest));
  };
  return { size, at };
}

/** First the lengths that have texts enough, then shorter ones. */
function comfortable(lengths: readonly number[], sizes: readonly number[]): readonly number[] {
  const start = lengths.findIndex((length) => (sizes[length] ?? 0) >= PLENTY);
  return start <= 0 ? lengths : [...lengths.slice(start), ...lengths.slice(0, start).reverse()];
}
