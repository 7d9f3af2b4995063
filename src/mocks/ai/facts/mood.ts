import { wordsOf } from '../writing/words.ts';

const GOOD = setOf(
  `good great love loved loves excellent amazing happy perfect wonderful best nice awesome fantastic pleased satisfied enjoy
  enjoyed recommend superb delighted brilliant helpful delicious beautiful glad impressed thrilled`,
);
const BAD = setOf(
  `bad terrible hate hated awful worst poor broken angry disappointed disappointing never refund unacceptable horrible
  furious frustrated frustrating useless rude slow late missing damaged annoyed annoying upset waste complaint ridiculous
  unhappy disgusting defective fails failed crash crashes worse unusable scam`,
);
const NOT = /^(?:not|no|never|hardly|isn['’]t|wasn['’]t|don['’]t|doesn['’]t|didn['’]t|can['’]t)$/;

const URGENT = setOf(
  'urgent urgently asap immediately emergency critical now outage down blocked blocking angry furious unacceptable severe',
);
const EASY = setOf('whenever sometime minor eventually someday cosmetic trivial');

/** Above nought for a text in a good mood, below for one in a bad one. */
export function moodOf(text: string): number {
  const words = wordsOf(text.toLowerCase());
  let mood = 0;
  for (const [index, word] of words.entries()) {
    const sign = GOOD.has(word) ? 1 : BAD.has(word) ? -1 : 0;
    const isNegated = sign > 0 && [words[index - 1], words[index - 2]].some((before) => NOT.test(before ?? ''));
    mood += isNegated ? -1 : sign;
  }
  return mood;
}

/** 1 for a text that can't wait, -1 for one that can, else 0. */
export function urgencyOf(text: string): -1 | 0 | 1 {
  const words = wordsOf(text.toLowerCase());
  if (words.some((word) => URGENT.has(word)) && !/\b(?:not|isn['’]t) (?:that |very )?urgent\b/i.test(text)) return 1;
  return words.some((word) => EASY.has(word)) ||
    /\b(?:no rush|no hurry|(?:not|isn['’]t) (?:that |very )?urgent)\b/i.test(text)
    ? -1
    : 0;
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
