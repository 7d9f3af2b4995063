import type { Draws } from '../../../lib/draws.ts';
import { capitalized, topicOf } from './words.ts';

/** `{t}` is the topic. The middle lines of the haiku have seven syllables, the last ones five. */
const HAIKU = {
  first: ['{t} at dawn', '{t}, soft and slow', 'Quiet {t}'],
  middle: ['The morning holds its breath and', 'A small wind carries the light', 'Nobody else is awake'],
  last: ['everything is new', 'waits for us to see', 'one leaf, then silence'],
} as const;

/** Pairs that rhyme. */
const COUPLETS: readonly (readonly [string, string])[] = [
  ['I thought of {t} when the day was new,', 'and all the sky was wide and blue.'],
  ['There is a song in {t}, low and clear,', 'for anyone who stops to hear.'],
  ['The hours came, the hours went,', 'and {t} was all the day had meant.'],
  ['So let the evening come and go:', '{t} is the one good thing I know.'],
];

const JOKES = [
  'Why did the developer bring {t} to the meeting? Somebody asked for a working example.',
  'I tried to write a joke about {t}, but it only works in production.',
  'What do {t} and my code have in common? Nobody knows why it works.',
];

export function haikuOn(asked: string, draws: Draws): string {
  const topic = topicOf(asked);
  const lines = [HAIKU.first, HAIKU.middle, HAIKU.last].map((list) => draws.pick<string>(list));
  return lines.map((line) => filled(line, topic)).join('\n');
}

/** An even number of lines, at most as many as there are rhymes for. */
export function poemOn(asked: string, lines: number, draws: Draws): string {
  const topic = topicOf(asked);
  const first = draws.below(COUPLETS.length);
  const count = Math.min(Math.max(1, Math.round(lines / 2)), COUPLETS.length);
  const pairs = Array.from({ length: count }, (_, index) => COUPLETS[(first + index) % COUPLETS.length] ?? []);
  return pairs
    .flat()
    .map((line) => filled(line, topic))
    .join('\n');
}

export function jokeOn(asked: string, draws: Draws): string {
  const topic = /\bjokes?\s*[?.!]*$/i.test(asked.trim()) ? 'tests' : topicOf(asked);
  return filled(draws.pick(JOKES), topic);
}

function filled(line: string, topic: string): string {
  return capitalized(line.replaceAll('{t}', () => topic));
}
