import type { Draws } from '../../../lib/draws.ts';
import { capitalized, keywordsOf, NO_TOPIC, topicOf, wordsOf } from './words.ts';

interface Phrases {
  readonly opening: readonly string[];
  readonly middle: readonly string[];
  readonly closing: readonly string[];
}

/** `{T}` and `{t}`: the topic, with and without a capital; `{a}`, `{b}`, `{c}`: words of the request. */
const GENERAL: Phrases = {
  opening: [
    'With {t}, two things matter most: {a} and {b}.',
    'The short version: {t} comes down to {a}, and {b} follows from it.',
    'A good way to look at {t} is to begin with {a}.',
    'When it comes to {t}, {a} is where most people start.',
  ],
  middle: [
    'Get {a} right first; it decides how {b} turns out.',
    'In practice {b} depends on {a} more than on anything else.',
    'Keep {c} in mind too, since it is easily overlooked.',
    'A small example makes it clear: change {a}, and {b} changes with it.',
    'There are several ways to deal with {b}, and the simplest one usually does.',
  ],
  closing: [
    'If you like, I can go further into {b}.',
    'That gives you a sound basis for {t}.',
    'From there, {c} is the natural next step.',
    'Let me know if you want more on {c}.',
  ],
};

const PRODUCT: Phrases = {
  opening: [
    'Meet the {t}: {a} and {b}, made to be used every day.',
    'The {t} brings {a} and {b} together in one well-made piece.',
    'A {t} that does what it should and looks good doing it.',
  ],
  middle: [
    'Careful work on {a} makes it last, and {b} makes it a pleasure to use.',
    'It fits in at home as well as at work, and is easy to look after.',
    'Details such as {b} and {c} set it apart.',
    'It was designed around {a}, with nothing left over.',
  ],
  closing: [
    'A fine gift, and an even better one to keep.',
    'Order today and see what a difference {a} makes.',
    'Simple, sturdy and made to stay.',
  ],
};

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const FILLERS = ['the groundwork', 'the context', 'the next step'];

/** Somebody asks how something is done. */
const HOW: Phrases = {
  opening: [
    'To {t}, start with {a}.',
    'The quickest way to {t} begins with {a}.',
    'You can {t} in a few steps, and {a} comes first.',
  ],
  middle: [
    'Then look at {b} and take one step at a time.',
    'Make sure that {b} is as you expect before you go on.',
    'Most difficulties here come from {b}, so check it twice.',
  ],
  closing: [
    'If it does not work, tell me what you see and I can help further.',
    'Once that is done, {c} should be fine.',
    'After that you are done.',
  ],
};

const STORY: Phrases = {
  opening: [
    'Once there was a small town in which everybody talked about {t}.',
    'Nobody had expected {t} to change anything, and yet it did.',
    'It was a grey morning when {t} came up for the first time.',
  ],
  middle: [
    'People came from far away to see {a} with their own eyes.',
    'Then one evening {b} was gone, and the streets were quiet.',
    'An old woman remembered {c}, and told what nobody had asked.',
    'Little by little {a} and {b} became one and the same.',
  ],
  closing: [
    'And to this day they tell it when the lamps are lit.',
    'In the end {a} was where it had always been.',
    'From then on nobody laughed about {t} again.',
  ],
};

/** Somebody tells something and waits for help. */
const HELP: Phrases = {
  opening: [
    'Thank you for telling me about {a}.',
    'I am sorry about the trouble with {a}.',
    'I understand, and I will gladly help you with {a}.',
  ],
  middle: [
    'I have noted what you say about {b}.',
    'Could you send me a few more details on {a}, so that I can look into it?',
    'We will look into {a} and {b} right away.',
  ],
  closing: [
    'I will get back to you shortly.',
    'Is there anything else that I can do for you?',
    'Thank you for your patience.',
  ],
};

function phrasesFor(asked: string): Phrases {
  if (/\b(?:story|tale|fable|legend)\b/i.test(asked.slice(0, 120))) return STORY;
  if (/^\s*how (?:do|can|should|would|to)\b/i.test(asked)) return HOW;
  if (/^\s*(?:my|i|i'm|we|our|it|there|the)\b[^?]*$/i.test(asked)) return HELP;
  return /\b(product|shop|store|item|catalog|slogan|advert\w*|marketing|sell)\b/i.test(asked) ? PRODUCT : GENERAL;
}

/** What a request may tell a number of, which stands before it: "in two sentences", "5 good ideas". */
const COUNTED = {
  sentences: counted('sentences?'),
  words: counted('words?'),
  points: counted('sentences?|points|bullets?|takeaways'),
  things: counted('\\w+'),
  lines: counted('lines?'),
} as const;

function counted(things: string): RegExp {
  return new RegExp(`\\b(\\d{1,3}|${NUMBERS.join('|')})[ -](?:[\\w-]+ ){0,2}(?:${things})`, 'i');
}

export function countAsked(request: string, of: keyof typeof COUNTED): number | null {
  const found = COUNTED[of].exec(request)?.[1];
  if (!found) return null;
  const index = NUMBERS.indexOf(found.toLowerCase());
  return index >= 0 ? index : Number(found);
}

/** Some sentences on what was asked for. */
export function proseOn(asked: string, request: string, draws: Draws, usual = 3): string {
  const count = Math.min(50, Math.max(1, countAsked(request, 'sentences') ?? usual));
  const text = sentencesOn(asked, count, draws).join(' ');
  const words = countAsked(request, 'words');
  return words === null || wordsOf(text).length <= words ? text : `${text.split(' ').slice(0, words).join(' ')}.`;
}

export function sentencesOn(asked: string, count: number, draws: Draws): string[] {
  const topic = topicOf(asked);
  const phrases = phrasesFor(asked);
  const found = keywordsOf(topic === NO_TOPIC ? asked : `${topic}. ${asked}`, 6).filter(
    (word) => word.toLowerCase() !== topic.toLowerCase(),
  );
  const keys = [...found, ...FILLERS].slice(0, Math.max(3, found.length));
  const [opening, middle, closing] = [phrases.opening, phrases.middle, phrases.closing].map((list) =>
    shuffled(list, draws),
  );
  return Array.from({ length: count }, (_, index) => {
    const list = index === 0 ? opening : index === count - 1 ? closing : middle;
    return filled(list?.[index % list.length] ?? '', topic, keys, index);
  });
}

function filled(phrase: string, topic: string, keys: readonly string[], turn: number): string {
  const key = (offset: number): string => keys[(turn + offset) % keys.length] ?? topic;
  const said: Readonly<Record<string, string>> = { t: topic, a: key(0), b: key(1), c: key(2) };
  // All in one go: what a topic holds is no place to be filled.
  return capitalized(phrase.replace(/\{([tabc])\}/g, (_, place: string) => said[place] ?? ''));
}

function shuffled<T>(list: readonly T[], draws: Draws): T[] {
  const copy = [...list];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = draws.below(index + 1);
    [copy[index], copy[other]] = [copy[other] as T, copy[index] as T];
  }
  return copy;
}
