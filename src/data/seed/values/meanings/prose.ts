import type { Draws } from '../../../../lib/draws.ts';
import { words as plainWords } from '../scalars.ts';
import { lengthsOf } from '../tools.ts';
import { wordList } from '../word-lists.ts';
import { COMMERCE } from './commerce.ts';
import { type Builder, oneOf, type Site, sibling, worded } from './site.ts';

/** Sentences of some languages read from words of that language; English has shapes that make some sense. */
type Sentence = (draws: Draws) => string;

function sentences(site: Site): Sentence {
  const { words } = site.tools.world;
  const [nouns, adjectives, verbs] = ['noun', 'adjective', 'verb'].map((kind) => wordList(words, 'word', kind)) as [
    readonly string[],
    readonly string[],
    readonly string[],
  ];
  if (words.metadata?.language !== 'en' || nouns.length === 0) return lorem(plainWords(site.tools));
  const noun = (draws: Draws) => draws.pick(nouns);
  const adjective = (draws: Draws) => draws.pick(adjectives);
  const shapes: readonly Sentence[] = [
    (draws) => `The ${noun(draws)} is ${adjective(draws)}.`,
    (draws) => `We ${draws.pick(verbs)} each ${adjective(draws)} ${noun(draws)}.`,
    (draws) => `No ${noun(draws)} without ${article(adjective(draws))} ${noun(draws)}.`,
    (draws) => `This ${noun(draws)} needs ${article(adjective(draws))} ${noun(draws)}.`,
    (draws) => `They ${draws.pick(verbs)} the ${noun(draws)} and the ${noun(draws)}.`,
    (draws) => `What ${article(adjective(draws))} ${noun(draws)}.`,
  ];
  return (draws) => draws.pick(shapes)(draws);
}

function article(word: string): string {
  return `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`;
}

function lorem(words: readonly string[]): Sentence {
  return (draws) => {
    let text = draws.pick(words);
    for (let count = draws.between(3, 8); count > 0; count -= 1) text += ` ${draws.pick(words)}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
}

const sentence: Builder = (site) => {
  const make = sentences(site);
  return worded(site, { draw: make, nulls: 0.3 });
};

/** One to four sentences, as many as there is room for. */
const prose: Builder = (site) => {
  const make = sentences(site);
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  const high = most === null ? 4 : Math.max(1, Math.min(4, Math.floor(most / 45)));
  const draw = (draws: Draws) => {
    let text = make(draws);
    for (let count = draws.below(high); count > 0; count -= 1) text += ` ${make(draws)}`;
    return text;
  };
  return worded(site, { draw, nulls: 0.15 });
};

export const TOPICS =
  'news travel food music sports health science design history finance nature books film games art code cloud security data mobile startup culture fashion garden photo'.split(
    ' ',
  );

/** Under `category`, what a shop or a magazine sorts by. */
const category: Builder = (site) => {
  const shop = sibling(site, 'price', 'sku') !== null;
  return shop ? COMMERCE.department(site) : oneOf(site, TOPICS);
};

const tags: Builder = (site) => oneOf(site, TOPICS);

export const PROSE = { sentence, prose, category, tags } satisfies Readonly<Record<string, Builder>>;
