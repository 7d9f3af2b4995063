import type { Draws } from '../../../lib/draws.ts';
import type { Distinct } from '../generator.ts';
import { permutation } from '../permutation.ts';
import { without } from './source.ts';
import { type Lengths, shortened, type TextList, type Wording } from './text.ts';

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
/** So many characters hold some letters and a number; with less room it is codes of letters and digits. */
const ROOM = 8;
/** A list of so many is looked through for what has the right length. */
const LOOKED = 5000;
const ENDLESS = 2 ** 52;

/**
 * Texts that all differ: those of the list, then texts with their number behind them. The digits before the ending are
 * the number and nothing else, so no two are the same.
 */
export function numbered(wording: Wording, lengths: Lengths, draws: Draws): Distinct {
  const { least, most } = lengths;
  if (most !== null && most < ROOM) return short(wording, least, most, draws);
  const list = wording.list && fitting(wording.list, lengths);
  const first = list?.size ?? 0;
  const joint = wording.joint ?? ' ';
  const at = (index: number): string => {
    if (index < first) return list?.at(index) as string;
    const text = wording.draw(draws.at(index), index) ?? '';
    return withNumber({ text, joint, end: wording.ending?.(draws) ?? '' }, index + 1, lengths);
  };
  return { size: most === null ? ENDLESS : 10 ** Math.min(15, most - 3), at };
}

interface Parts {
  readonly text: string;
  readonly joint: string;
  readonly end: string;
}

function withNumber({ text, joint, end }: Parts, count: number, { least, most }: Lengths): string {
  const number = String(count);
  if (most === null) {
    const made = withoutDigits(text) + joint + number;
    if (made.length + end.length >= least && made.length > joint.length + number.length) return made + end;
  }
  const limit = most ?? Number.POSITIVE_INFINITY;
  const kept = end.length < limit - number.length ? end : '';
  const room = limit - number.length - kept.length - joint.length;
  const start = room <= 0 ? '' : withoutDigits(text.length > room ? shortened(text, room) : text);
  const front = start === '' ? 'x' : start + joint;
  const missing = least - front.length - number.length - kept.length;
  return front + (missing > 0 ? '0'.repeat(missing) : '') + number + kept;
}

/** Digits at the end of a text would be taken for a part of the number. */
function withoutDigits(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return (last >= 48 && last <= 57) || last === 32 || last === 45 || last === 46 || last === 95
    ? text.replace(/[\d ._-]+$/, '')
    : text;
}

/** Of a list only what has the right length. */
function fitting(list: TextList, { least, most }: Lengths): Distinct | undefined {
  if (least <= 1 && list.longest <= (most ?? Number.POSITIVE_INFINITY)) return list;
  if (list.size > LOOKED) return undefined;
  const kept = Array.from({ length: list.size }, (_, index) => list.at(index) as string).filter(
    (text) => text.length >= least && (most === null || text.length <= most),
  );
  return { size: kept.length, at: (index) => kept[index] as string };
}

/** Codes that fill all the room there is; the list's own texts come first. */
function short(wording: Wording, least: number, most: number, draws: Draws): Distinct {
  const list = wording.list && fitting(wording.list, { least, most });
  const codes = codesOf(most, String(draws.at(0).uint32()));
  if (!list || list.size === 0) return codes;
  const known = Array.from({ length: list.size }, (_, index) => list.at(index));
  const others = without(codes, known);
  return {
    size: list.size + others.size,
    at: (index) => (index < list.size ? list.at(index) : others.at(index - list.size)),
  };
}

function codesOf(length: number, key: string): Distinct {
  const size = 36 ** length;
  const scattered = permutation(size, key);
  const at = (index: number) => {
    let rest = scattered(index);
    let text = '';
    for (let place = 0; place < length; place += 1) {
      text += BASE36[rest % 36];
      rest = Math.floor(rest / 36);
    }
    return text;
  };
  return { size, at };
}
