import { moodOf, urgencyOf } from '../facts/mood.ts';
import { stem } from '../facts/related.ts';
import { wordsOf } from '../writing/words.ts';
import type { Material } from './material.ts';
import type { Wanted } from './wanted.ts';

const ASKING = new Set('is has can should was were are do does did needs need wants want with'.split(' '));
const NOT = /^(?:no|not|without|never|isn['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t|non)$/;
/** What is so only where somebody says it. */
const RARE =
  /^(?:error|done|completed|deleted|spam|flagged|urgent|refund|cancel|cancelled|toxic|harmful|offensive|duplicate|fraud|archived|blocked|failed|escalate|sarcastic)/;

/** True where the text has the words of the name, false where it negates them; else as it usually is. */
export function booleanFor({ words }: Wanted, { text, values }: Material): boolean {
  const said = values.get(words.join('_')) ?? values.get(words.join(''));
  if (typeof said === 'boolean') return said;
  const own = words.filter((word) => !ASKING.has(word));
  if (own.includes('urgent')) return urgencyOf(text) > 0;
  if (own.some((word) => /^(?:satisfied|happy|positive|recommended)$/.test(word))) return moodOf(text) >= 0;
  const stems = new Set(own.map(stem));
  const all = wordsOf(text.slice(0, 20_000).toLowerCase());
  const at = all.findIndex((word) => stems.has(stem(word)));
  if (at >= 0) return ![all[at - 1], all[at - 2]].some((word) => NOT.test(word ?? ''));
  return !RARE.test(own[0] ?? '');
}
