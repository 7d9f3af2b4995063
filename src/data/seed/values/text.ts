import type { Domain } from '../domain.ts';
import type { Draws } from '../draws.ts';
import type { Distinct } from '../generator.ts';
import { permutation } from './permutation.ts';
import { type Source, without } from './source.ts';

/** Text of a meaning, of any length; what fits a column is made of it by `textSource`. */
export interface Wording {
  draw(draws: Draws, row: number): string | null;
  /** Texts that differ also in lower case and don't end in digits; behind others a number has to be put. */
  readonly list?: TextList | undefined;
  /** What stands between a text and its number, where texts have to differ; default a blank. */
  readonly joint?: string | undefined;
  /** What has to stay at the end, behind the number: `@example.com`. */
  readonly ending?: ((text: string) => string) | undefined;
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
const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Values are cut and filled up to the lengths, and numbered where they have to differ. `own` are the column's draws, for
 * those: one to themselves, so that a value that asks for another doesn't move them.
 */
export function textSource(wording: Wording, lengths: Lengths, domain: Domain, own: Draws): Source {
  const { least, most } = lengths;
  const excluded = new Set(domain.noneOf);
  const free = least === 0 && most === null && excluded.size === 0;
  const distinct = without(numbered(wording, lengths, own), domain.noneOf);
  const draw = (draws: Draws, row: number): string | null => {
    const text = wording.draw(draws, row);
    if (free || text === null) return text;
    const fitted = toLength(text, lengths, draws, wording.ending);
    return excluded.has(fitted) ? (distinct.at(draws.below(Math.min(distinct.size, 1e6))) as string) : fitted;
  };
  return { draw, distinct, nulls: wording.nulls };
}

/** At most so long, cut between two words where that leaves enough; at least so long, by letters. */
export function toLength(
  text: string,
  { least, most }: Lengths,
  draws: Draws,
  ending?: (text: string) => string,
): string {
  if (most !== null && text.length > most) return toLength(shortened(text, most, ending), { least, most: null }, draws);
  const missing = least - text.length;
  if (missing <= 0) return text;
  const end = ending?.(text) ?? '';
  return `${text.slice(0, text.length - end.length)}${letters(draws, missing)}${end}`;
}

function shortened(text: string, most: number, ending?: (text: string) => string): string {
  const end = ending?.(text) ?? '';
  if (end !== '' && end.length < most) return text.slice(0, most - end.length).replace(/[ ._-]+$/, '') + end;
  const cut = text.slice(0, most);
  const blank = text[most] === ' ' ? most : cut.lastIndexOf(' ');
  return (blank > most / 2 ? cut.slice(0, blank) : cut).replace(/[ ,;:._-]+$/, '') || letterOnly(cut);
}

function letterOnly(text: string): string {
  return text.trim() || 'x';
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

/** So many letters and a number go into a column; with less room it is codes of all lengths. */
const ROOM = 8;

/**
 * Texts that all differ: those of the list, then texts with their number behind them. The digits before the ending are
 * the number and nothing else, so no two are the same.
 */
function numbered(wording: Wording, { least, most }: Lengths, draws: Draws): Distinct {
  if (most !== null && most < ROOM) return short(wording, { least, most }, draws);
  const list = wording.list && fitting(wording.list, { least, most });
  const first = list?.size ?? 0;
  const room = most ?? Number.POSITIVE_INFINITY;
  const at = (index: number): string => {
    if (index < first) return list?.at(index) as string;
    const text = wording.draw(draws.at(index), index) ?? 'x';
    return withNumber(text, index, { least, most: room }, wording);
  };
  return { size: Number.isFinite(room) ? Math.min(2 ** 52, 10 ** Math.min(15, room - 3)) : 2 ** 52, at };
}

function withNumber(text: string, index: number, room: { least: number; most: number }, wording: Wording): string {
  const number = String(index);
  const end = fittingEnd(wording.ending?.(text) ?? '', room.most - number.length - 1);
  const body = text.slice(0, text.length - (wording.ending?.(text) ?? '').length);
  const joint = wording.joint ?? ' ';
  const most = room.most - number.length - end.length - joint.length;
  // Digits at the end of the text would be taken for a part of the number.
  const start = (most <= 0 ? '' : body.length > most ? shortened(body, most) : body).replace(/[\d ._-]+$/, '');
  const front = start === '' ? 'x' : start + joint;
  const missing = room.least - front.length - number.length - end.length;
  return `${front}${missing > 0 ? '0'.repeat(missing) : ''}${number}${end}`;
}

function fittingEnd(end: string, most: number): string {
  return end.length <= most ? end : '';
}

/** Of a list only what has the right length. */
function fitting(list: TextList, { least, most }: Lengths): Distinct | undefined {
  if (least <= 1 && list.longest <= (most ?? Number.POSITIVE_INFINITY)) return list;
  if (list.size > 5000) return undefined;
  const kept = Array.from({ length: list.size }, (_, index) => list.at(index) as string).filter(
    (text) => text.length >= least && (most === null || text.length <= most),
  );
  return { size: kept.length, at: (index) => kept[index] as string };
}

/** Codes of letters and digits that fill all the room there is; the list's own texts come first. */
function short(wording: Wording, { least, most }: { least: number; most: number }, draws: Draws): Distinct {
  const list = wording.list && fitting(wording.list, { least, most });
  const size = most < 1 ? 1 : 36 ** most;
  const scattered = permutation(size, draws.at(0).uint32());
  const codes: Distinct = {
    size,
    at: (index) => {
      let rest = scattered(index);
      let text = '';
      for (let place = 0; place < most; place += 1) {
        text += BASE36[rest % 36];
        rest = Math.floor(rest / 36);
      }
      return text;
    },
  };
  if (!list || list.size === 0) return codes;
  const known = Array.from({ length: list.size }, (_, index) => list.at(index));
  const others = without(codes, known);
  return {
    size: list.size + others.size,
    at: (index) => (index < list.size ? list.at(index) : others.at(index - list.size)),
  };
}
