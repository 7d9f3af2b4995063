import { PLACE_LINES } from './place-data.ts';
import { type Words, wordList } from './word-lists.ts';

/** A city with what agrees with it. What isn't known is null. */
export interface Place {
  readonly city: string;
  readonly state: string;
  readonly stateCode: string;
  /** In the words of the locale. */
  readonly country: string;
  /** ISO 3166: two letters. */
  readonly countryCode: string;
  /** `#` is a digit, `?` a capital letter. */
  readonly postcode: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly timezone: string;
}

/**
 * Cities of a country. Where this package knows none, they are those of faker's list for the language; of them it isn't
 * known in which state they lie, so each gets one of the country's and keeps it. Without such a list: the United States.
 */
export function placesOf(country: string, words: Words): readonly Place[] {
  const lines = PLACE_LINES[country];
  const cities = wordList(words, 'location', 'city_name');
  if (lines) return fromLines(lines, country, countryName(country, words));
  if (isEnglish(cities)) return placesOf('US', words);
  const states = wordList(words, 'location', 'state');
  const codes = wordList(words, 'location', 'state_abbr');
  const postcode = wordList(words, 'location', 'postcode')[0] ?? '#####';
  return cities.map((city, index) => ({
    city,
    state: states[index % states.length] ?? city,
    stateCode: codes[index % states.length] ?? String((index % Math.max(1, states.length)) + 1),
    country: countryName(country, words),
    countryCode: country,
    postcode: postcode.replaceAll('*', '#'),
    latitude: null,
    longitude: null,
    timezone: timezoneOf(country),
  }));
}

/** As the language says it, by the CLDR data of Node. */
export function countryName(code: string, words: Words): string {
  const language = String(words.metadata?.language ?? 'en').slice(0, 3);
  try {
    return new Intl.DisplayNames([language, 'en'], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

function fromLines(lines: string, countryCode: string, country: string): Place[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [city, state, stateCode, postcode, latitude, longitude, timezone] = line.split('|') as string[];
      return {
        ...{ city: city as string, state: state as string, stateCode: stateCode as string, country, countryCode },
        postcode: postcode as string,
        latitude: Number(latitude),
        longitude: Number(longitude),
        timezone: timezone as string,
      };
    });
}

/** faker's list in English, which other languages get where they have none, begins so. */
function isEnglish(cities: readonly string[]): boolean {
  return cities.length === 0 || cities[0] === 'Abilene';
}

function timezoneOf(country: string): string {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { readonly timeZones?: readonly string[] };
  return locale.timeZones?.[0] ?? 'UTC';
}
