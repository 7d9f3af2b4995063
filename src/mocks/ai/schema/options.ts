import { moodOf, urgencyOf } from '../facts/mood.ts';
import { relationTo } from '../facts/related.ts';
import { partsOf, wordsOf } from '../writing/words.ts';
import type { Material } from './material.ts';
import { fieldFor } from './ranked.ts';
import type { Wanted } from './wanted.ts';

const MOODS = [
  /^(?:very_?|strongly_?)?(?:positive|good|happy|satisfied)$/i,
  /^(?:neutral|mixed|ok)$/i,
  /^(?:very_?|strongly_?)?(?:negative|bad|angry|unhappy|dissatisfied)$/i,
];
const URGENCIES = [
  [/^(?:critical|urgent|highest)$/i, /^(?:high|p1|major)$/i],
  [/^(?:medium|normal|moderate|default|p2)$/i],
  [/^(?:low|lowest|minor|p3)$/i],
];
const MOST_WORDS = 3000;

/** The value of an enum that the text says; by its mood or urgency, where the values are such; by words that are near. */
export function optionSaid(values: readonly unknown[], wanted: Wanted, material: Material): unknown {
  const { facts, text } = material;
  const named = [material.values.get(wanted.name.toLowerCase()), fieldFor(facts.fields, wanted)];
  const exact = values.find((value) => named.some((name) => name === value || sameWord(name, value)));
  if (exact !== undefined) return exact;
  if (text === '') return undefined;
  const texts = values.filter((value): value is string => typeof value === 'string' && value !== '');
  const mood = moodAmong(texts, text) ?? urgencyAmong(texts, text);
  const said = saidAmong(texts, text);
  // Several of them are a list to choose from, which says nothing.
  if (said.length === 1 || mood === undefined) return said[0] ?? nearest(texts, text);
  return mood;
}

function sameWord(name: unknown, value: unknown): boolean {
  return typeof name === 'string' && typeof value === 'string' && name.toLowerCase() === value.toLowerCase();
}

/** Those that stand in the text as words of their own, in its order. */
export function saidAmong(values: readonly string[], text: string): string[] {
  const whole = ` ${wordsOf(text.slice(0, 20_000).toLowerCase()).join(' ')} `;
  return values
    .map((value) => ({ value, at: whole.indexOf(` ${partsOf(value).join(' ')} `) }))
    .filter(({ value, at }) => at >= 0 && partsOf(value).length > 0)
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

function moodAmong(values: readonly string[], text: string): string | undefined {
  const [good, even, bad] = MOODS.map((mood) => values.find((value) => mood.test(value)));
  if (good === undefined || bad === undefined) return undefined;
  const mood = moodOf(text);
  return mood > 0 ? good : mood < 0 ? bad : (even ?? undefined);
}

function urgencyAmong(values: readonly string[], text: string): string | undefined {
  const [high, even, low] = URGENCIES.map((some) =>
    some.map((one) => values.find((value) => one.test(value))).find((value) => value !== undefined),
  );
  if (high === undefined || low === undefined) return undefined;
  const urgency = urgencyOf(text);
  return urgency > 0 ? high : urgency < 0 ? low : (even ?? low);
}

/** The one whose words mean most of what the text's words mean. */
function nearest(values: readonly string[], text: string): string | undefined {
  const words = [...new Set(wordsOf(text.toLowerCase()).slice(0, MOST_WORDS))];
  let best: { value: string; score: number } | undefined;
  for (const value of values) {
    const near = relationTo(partsOf(value));
    const score = words.reduce((sum, word) => sum + near(word), 0);
    if (score > (best?.score ?? 0)) best = { value, score };
  }
  return best?.value;
}
