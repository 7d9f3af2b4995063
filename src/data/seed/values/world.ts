import { UserError } from '../../../core/errors.ts';
import { nearest } from '../../../lib/nearest.ts';
import { type Place, placesOf } from './places.ts';
import type { Words } from './word-lists.ts';

export interface WorldOptions {
  readonly seed: number | string;
  readonly locale: string;
  /** Milliseconds since 1970 that dates are relative to. */
  readonly now: number;
}

/** What values are taken from: faker's word lists in one language, and real places. */
export interface World extends WorldOptions {
  readonly words: Words;
  /** Two letters, ISO 3166, such as `DE`. */
  readonly country: string;
  readonly places: readonly Place[];
  /** faker itself, for descriptions that name one of its functions. */
  readonly faker: Faker;
}

export interface Faker {
  readonly rawDefinitions: Words;
  readonly seed: (seed: number) => unknown;
  readonly setDefaultRefDate: (date: number) => void;
}

/** Loads one language's lists; a list that it doesn't have is English. */
export async function loadWorld(options: WorldOptions): Promise<World> {
  const faker = await loadLocale(options.locale);
  const words = faker.rawDefinitions;
  const country = countryOf(options.locale, words);
  return { ...options, words, country, places: placesOf(country, words), faker };
}

async function loadLocale(locale: string): Promise<Faker> {
  if (!/^[A-Za-z]\w*$/.test(locale)) throw (await unknownLocale(locale)) as UserError;
  try {
    const { faker } = (await import(`@faker-js/faker/locale/${locale}`)) as { faker: Faker };
    return faker;
  } catch (error) {
    throw (await unknownLocale(locale)) ?? error;
  }
}

/** All of them are loaded, to say what was probably meant; null where the name is right. */
async function unknownLocale(locale: string): Promise<UserError | null> {
  const { allLocales } = await import('@faker-js/faker');
  const names = Object.keys(allLocales);
  if (names.includes(locale)) return null;
  const meant = nearest(locale, names);
  const language = names.filter((name) => name.split('_')[0] === locale.slice(0, 2).toLowerCase());
  const hint = meant
    ? `did you mean \`${meant}\`?`
    : `it is one of ${(language.length > 0 ? language : names).join(', ')}`;
  return new UserError(`faker has no locale \`${locale}\``, { hints: [`locale: ${hint}`], code: 'usage' });
}

/** Of languages without a country it is the one where most speak it, by the likely subtags of CLDR. */
function countryOf(locale: string, words: Words): string {
  const said = words.metadata?.country;
  if (typeof said === 'string') return said;
  try {
    const region = new Intl.Locale(locale.split('_')[0] as string).maximize().region;
    return region && /^[A-Z]{2}$/.test(region) ? region : 'US';
  } catch {
    return 'US';
  }
}
