import type { Domain, Pattern } from '../../domain.ts';
import { alphabets } from './alphabet.ts';
import { type Counts, countsOf } from './counts.ts';
import { lookAheads } from './look-aheads.ts';
import { type Machine, machineOf } from './machine.ts';
import { type Translated, translated } from './matches.ts';
import { nfaOf, parsed, TooLarge } from './nfa.ts';

/** A pattern that a text has to fit, or mustn't. */
export interface Demand {
  readonly pattern: Translated;
  readonly negated: boolean;
}

/** Texts of certain lengths of an automaton. */
export interface Source {
  readonly machine: Machine;
  readonly counts: Counts;
  /** Those that have texts, the shortest first. */
  readonly lengths: readonly number[];
  /** False where some of its texts don't fit. */
  readonly exact: boolean;
}

/** Longer texts are not made. */
const LONGEST = 10_000;
/** How many lengths beyond the least are looked at; further ones only while there are too few texts. */
const REACHES = [24, 240, 960];
/** Numbers that are counted at most. */
const AFFORDABLE = 20_000_000;

export function demandsOf({ patterns, noneOf }: Domain): readonly Demand[] {
  const unwanted = noneOf.flatMap((value) =>
    typeof value === 'string' ? [{ pattern: exactly(value), negated: true }] : [],
  );
  return [...patterns.flatMap(demandOf), ...unwanted];
}

function demandOf(pattern: Pattern): readonly Demand[] {
  const plain = translated(pattern);
  return (pattern.negated ? null : lookAheads(plain)) ?? [{ pattern: plain, negated: pattern.negated }];
}

function exactly(text: string): Translated {
  const codes = [...text].map((character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return { source: `^${codes.join('')}$`, ignoreCase: false };
}

/**
 * Texts that fit, from one alphabet after the other, `enough` of them if there are; none where nothing fits. Where all
 * patterns at once are too large, one of them is followed, and the others have to be tried.
 */
export function* sourcesOf(demands: readonly Demand[], domain: Domain, enough: number): Generator<Source> {
  const named = demands.flatMap(({ pattern, negated }) => (negated ? [] : [parsed(pattern)]));
  const wholly = [demands, ...demands.filter(({ negated }) => !negated).map((one) => [one])];
  for (const followed of wholly) {
    try {
      for (const alphabet of alphabets(named)) {
        const source = sourceOf(followed, alphabet, domain, enough);
        if (source) yield { ...source, exact: source.exact && followed === demands };
      }
      return;
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
    }
  }
}

function sourceOf(
  demands: readonly Demand[],
  alphabet: readonly string[],
  domain: Domain,
  enough: number,
): Source | null {
  const longest = Math.min(domain.maxLength ?? LONGEST, LONGEST);
  const read = demands.map(({ pattern, negated }) => ({ nfa: nfaOf(pattern, longest), negated }));
  // Of an inexact one more is accepted than fits: the opposite of that would leave out what fits.
  const usable = read.filter(({ nfa, negated }) => nfa.exact || !negated);
  const counted = countedTexts(machineOf(usable, alphabet), domain, enough);
  return counted && { ...counted, exact: read.every(({ nfa }) => nfa.exact) };
}

export function countedTexts(
  machine: Machine,
  { minLength, maxLength }: Pick<Domain, 'minLength' | 'maxLength'>,
  enough: number,
): Omit<Source, 'exact'> | null {
  const from = minLength ?? 0;
  const most = Math.min(maxLength ?? LONGEST, LONGEST);
  const affordable = Math.max(
    REACHES[0] ?? 0,
    Math.floor(AFFORDABLE / (machine.next.length * machine.classes.length + 1)),
  );
  let found: Omit<Source, 'exact'> | null = null;
  for (const reach of REACHES) {
    const counts = countsOf(machine, Math.min(most, from + Math.min(reach, affordable)));
    const lengths = counts.flatMap((row, length) => (length >= from && (row[0] ?? 0) > 0 ? [length] : []));
    if (lengths.length > 0) found = { machine, counts, lengths };
    const texts = lengths.reduce((sum, length) => sum + (counts[length]?.[0] ?? 0), 0);
    if (texts >= enough || counts.length > most) break;
  }
  return found;
}
