import { countryName } from '../places.ts';
import { words as plainWords } from '../scalars.ts';
import type { Source } from '../source.ts';
import { saltOf } from '../tools.ts';
import { remembered, wordList } from '../word-lists.ts';
import { COMMERCE } from './commerce.ts';
import { fullName, isPerson, PERSON } from './person.ts';
import { phrase } from './phrase.ts';
import { PLACE } from './place.ts';
import { TOPICS } from './prose.ts';
import { type Builder, oneOf, type Site, worded } from './site.ts';
import { STATES } from './states.ts';
import { WEB } from './web.ts';

function capitalised(list: readonly string[]): string[] {
  return list.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

const DETERMINERS = ['The', 'Our', 'Your', 'Every', 'My'];

/** `The abandoned umbrella`; of employees it is their job's, of books and songs a real one. */
const title: Builder = (site) => {
  const { words } = site.tools.world;
  if (isPerson(site)) return PERSON.jobTitle(site);
  const real = TITLES[site.subject]?.flatMap(([category, list]) => wordList(words, category, list)) ?? [];
  if (real.length > 0) return oneOf(site, real);
  const nouns = remembered(words, 'plain nouns', () =>
    wordList(words, 'word', 'noun').filter((word) => /^[a-z]+$/.test(word)),
  );
  if (words.metadata?.language !== 'en' || nouns.length === 0) return twoWords(site);
  const adjectives = wordList(words, 'word', 'adjective');
  return worded(site, phrase([DETERMINERS, adjectives, nouns], saltOf(site.tools)));
};

const TITLES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  book: [['book', 'title']],
  song: [['music', 'song_name']],
  track: [['music', 'song_name']],
  album: [['music', 'album']],
};

function twoWords(site: Site): Source {
  const list = plainWords(site.tools);
  return worded(site, phrase([capitalised(list), list], saltOf(site.tools)));
}

/** What a `name` is, follows from what the table holds, or from the word before: `team_name`. */
const name: Builder = (site) => {
  const { words } = site.tools.world;
  const about = (site.group || site.subject).split('_').at(-1) as string;
  if (isPerson(site)) return fullName(site);
  const known = NAMED[about];
  if (known) return known(site);
  const lists = NAME_LISTS[about]?.flatMap(([category, list]) => wordList(words, category, list)) ?? [];
  if (lists.length > 1) return oneOf(site, lists);
  const adjectives = wordList(words, 'company', 'adjective').length > 1 ? wordList(words, 'company', 'adjective') : [];
  const nouns = remembered(words, 'capital nouns', () =>
    capitalised(wordList(words, 'word', 'noun').filter((word) => /^\p{Ll}+$/u.test(word))),
  );
  const first = remembered(words, 'capital adjectives', () => capitalised(wordList(words, 'word', 'adjective')));
  if (words.metadata?.language !== 'en' || adjectives.length === 0) return twoWords(site);
  return worded(site, phrase([first, nouns], saltOf(site.tools)));
};

const country: Builder = (site) => {
  const codes = site.tools.world.words.location?.country_code;
  const names = Array.isArray(codes)
    ? codes.map(({ alpha2 }: { alpha2: string }) => countryName(alpha2, site.tools.world.words))
    : [];
  return names.length > 0 ? oneOf(site, names) : null;
};

const NAMED: Readonly<Record<string, Builder>> = {
  ...Object.fromEntries(
    'company organization organisation org account vendor supplier brand manufacturer employer business shop store merchant publisher partner tenant client_company agency carrier bank'
      .split(' ')
      .map((word) => [word, COMMERCE.company]),
  ),
  ...Object.fromEntries(
    'product item article listing variant good asset'.split(' ').map((word) => [word, COMMERCE.product]),
  ),
  ...{ category: COMMERCE.department, department: COMMERCE.department, color: COMMERCE.color, currency: currencyName },
  ...{ city: PLACE.city, state: PLACE.state, region: PLACE.state, country, language: WEB.language, file: WEB.fileName },
  ...{ role: STATES.role, plan: STATES.plan, tag: topic, tier: STATES.plan, permission },
};

function currencyName(site: Site): Source | null {
  const found = site.tools.world.words.finance?.currency;
  return Array.isArray(found)
    ? oneOf(
        site,
        found.map((one: { name: string }) => one.name),
      )
    : null;
}

function topic(site: Site): Source {
  return oneOf(site, TOPICS);
}

function permission(site: Site): Source {
  const things = ['users', 'orders', 'posts', 'invoices', 'reports', 'settings', 'projects', 'teams'];
  return worded(site, phrase([things, ['read', 'write', 'delete', 'manage', 'export']], saltOf(site.tools), '.'));
}

const NAME_LISTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  genre: [['music', 'genre']],
  artist: [['music', 'artist']],
  band: [['music', 'artist']],
  album: [['music', 'album']],
  song: [['music', 'song_name']],
  book: [['book', 'title']],
  dish: [['food', 'dish']],
  recipe: [['food', 'dish']],
  meal: [['food', 'dish']],
  ingredient: [['food', 'ingredient']],
  pet: [['animal', 'pet_name']],
  animal: [['animal', 'type']],
  vehicle: [['vehicle', 'manufacturer']],
  street: [['location', 'street_name']],
  app: [['app', 'name']],
};

export const NAMING = { title, name } satisfies Readonly<Record<string, Builder>>;
