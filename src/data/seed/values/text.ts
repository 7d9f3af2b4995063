import type { Draws } from '../../../lib/draws.ts';
import type { Domain } from '../domain.ts';
import type { Distinct } from '../generator.ts';
import { numbered } from './numbered.ts';
import { type Source, without } from './source.ts';

/** Text of a meaning, of any length; what fits a column is made of it by `textSource`. */
export interface Wording {
  draw(draws: Draws, row: number): string | null;
  /** What stays whole behind it, also behind a number: `@example.com`. Drawn after it. */
  readonly ending?: ((draws: Draws) => string) | undefined;
  /** Texts that differ also in lower case and don't end in digits; behind others a number has to be put. */
  readonly list?: TextList | undefined;
  /** What stands between a text and its number, where texts have to differ; default a blank. */
  readonly joint?: string | undefined;
  readonly nulls?: number | undefined;
}

export interface TextList extends Distinct {
  /** In characters. */
  readonly longest: number;
}

/** In characters; null is no limit. */
export interface Lengths {
  readonly least: number;
  readonly most: number | null;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const CODE = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** Among so many numbered values another one is looked for, where a value is excluded. */
const OTHERS = 1_000_000;

/**
 * Values are cut and filled up to the lengths, and numbered where they have to differ. `own` are the column's draws, for
 * those: one to themselves, so that a value that asks for another doesn't move them.
 */
export function textSource(wording: Wording, lengths: Lengths, domain: Domain, own: Draws): Source {
  const { ending, nulls } = wording;
  const excluded = new Set(domain.noneOf);
  const free = lengths.least === 0 && lengths.most === null;
  const distinct = without(numbered(wording, lengths, own), domain.noneOf);
  const sized = (draws: Draws, row: number): string | null => {
    const text = wording.draw(draws, row);
    if (text === null) return null;
    const end = ending ? ending(draws) : '';
    return free ? text + end : toLength(text, end, lengths, draws);
  };
  if (excluded.size === 0) return { draw: sized, distinct, nulls };
  const draw = (draws: Draws, row: number) => {
    const text = sized(draws, row);
    return excluded.has(text) ? distinct.at(draws.below(Math.min(distinct.size, OTHERS))) : text;
  };
  return { draw, distinct, nulls };
}

/** At most so long, cut between two words where that leaves enough; at least so long, by letters before the ending. */
function toLength(text: string, end: string, { least, most }: Lengths, draws: Draws): string {
  const length = text.length + end.length;
  if (most !== null && length > most) {
    const kept = end.length < most ? end : '';
    return toLength(shortened(text, most - kept.length), kept, { least, most: null }, draws);
  }
  return length < least ? text + letters(draws, least - length) + end : text + end;
}

/** Cut without anything hanging at its end; at least one character stays. */
export function shortened(text: string, most: number): string {
  const cut = text.slice(0, most);
  const blank = text[most] === ' ' ? most : cut.lastIndexOf(' ');
  return (blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[ ,;:._-]+$/, '') || 'x';
}

function letters(draws: Draws, count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) text += LETTERS[draws.below(26)];
  return text;
}

/** Short codes without letters that look like digits, such as `K7QX2M`. */
export function code(draws: Draws, length: number, alphabet = CODE): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet[draws.below(alphabet.length)];
  return text;
}
