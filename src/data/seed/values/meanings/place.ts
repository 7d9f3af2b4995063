import type { Draws } from '../../../../lib/draws.ts';
import type { Value } from '../../value.ts';
import { limitsOf } from '../grid.ts';
import { numberSource } from '../numbers.ts';
import { countryName, type Place } from '../places.ts';
import type { Source } from '../source.ts';
import { lengthsOf, saltOf, type Tools } from '../tools.ts';
import { type Words, wordList } from '../word-lists.ts';
import { type Builder, type Site, sharedDraws, sibling, textList, worded } from './site.ts';
import { filled, streetOf } from './street.ts';

/** The place of a row: of its city where there is such a column, else one that all columns of the group share. */
function placeOf(site: Site): (row: number) => Place {
  const { places } = site.tools.world;
  const shared = sharedDraws(site, 'place');
  const city = sibling(site, 'city');
  const byCity = new Map(places.map((place) => [place.city, place]));
  return (row) => byCity.get(cityName(city?.(row) ?? null)) ?? shared.at(row).pick(places);
}

/** Without the number that a unique city has. */
function cityName(value: Value): string {
  return typeof value === 'string' ? value.replace(/ \d+$/, '') : '';
}

const city: Builder = (site) => {
  const { places } = site.tools.world;
  return worded(site, { draw: (draws) => draws.pick(places).city, list: textList(places.map((place) => place.city)) });
};

/** Text of the row's place; unique ones go through all places first. */
function ofPlace(text: (place: Place, draws: Draws) => string, listed = true): Builder {
  return (site) => {
    const place = placeOf(site);
    const draw = (draws: Draws, row: number) => text(place(row), draws);
    const { places } = site.tools.world;
    return worded(site, { draw, list: listed ? textList(places.map((one) => text(one, draws0(site)))) : undefined });
  };
}

function draws0(site: Site): Draws {
  return sharedDraws(site, 'list');
}

const state = ofPlace((place) => place.state);
const stateCode = ofPlace((place) => place.stateCode);
const timezone = ofPlace((place) => place.timezone);
const postcode = ofPlace((place, draws) => filled(place.postcode, draws), false);

interface Code {
  readonly alpha2: string;
  readonly alpha3: string;
}

function countryCodes(words: Words): readonly Code[] {
  const found = words.location?.country_code;
  return Array.isArray(found) ? (found as Code[]) : [];
}

/** Beside a city, that city's country; else half of the rows are at home and the others anywhere. */
function ofCountry(text: (code: Code, words: Words) => string): Builder {
  return (site) => {
    const { words, country } = site.tools.world;
    const codes = countryCodes(words);
    const home = codes.find((code) => code.alpha2 === country) ?? codes[0];
    if (!home) return null;
    const texts = new Map(codes.map((code) => [code.alpha2, text(code, words)]));
    const ofHome = texts.get(home.alpha2) as string;
    const shared = sharedDraws(site, 'country');
    const draw = (_: Draws, row: number) => {
      shared.at(row);
      return shared.chance(0.5) ? ofHome : (texts.get(shared.pick(codes).alpha2) as string);
    };
    const placed = sibling(site, 'city', 'postcode', 'stateCode', 'latitude') !== null;
    return worded(site, { draw: placed ? () => ofHome : draw, list: textList([...texts.values()]) });
  };
}

const countryCode = ofCountry((code) => code.alpha2);
const countryCode3 = ofCountry((code) => code.alpha3);
const countryFullName = ofCountry((code, words) => countryName(code.alpha2, words));

/** A column with room for a code alone takes a code. */
const country: Builder = (site) => {
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  if (most === 2) return countryCode(site);
  return (most === 3 ? countryCode3 : countryFullName)(site);
};

const street: Builder = (site) => {
  const draw = streetOf(site.tools.world.words);
  return worded(site, { draw });
};

const streetTwo: Builder = (site) => {
  const patterns = wordList(site.tools.world.words, 'location', 'secondary_address').filter(
    (text) => !text.includes('{{'),
  );
  const list = patterns.length > 0 ? patterns : ['Apt. ###'];
  return worded(site, { draw: (draws) => filled(draws.pick(list).replaceAll('##', '#'), draws), nulls: 0.7 });
};

/** In one line: street, then code and city the way round that the country has. */
const address: Builder = (site) => {
  const place = placeOf(site);
  const street = streetOf(site.tools.world.words);
  const alone = sibling(site, 'city') === null;
  return worded(site, {
    draw: (draws, row) => {
      const first = street(draws);
      if (!alone) return first;
      const { city, postcode, stateCode, countryCode } = place(row);
      const code = filled(postcode, draws);
      if (['US', 'CA', 'AU'].includes(countryCode)) return `${first}, ${city}, ${stateCode} ${code}`;
      return ['GB', 'IE', 'IN'].includes(countryCode) ? `${first}, ${city} ${code}` : `${first}, ${code} ${city}`;
    },
  });
};

/** Within some kilometres of the city. */
function coordinate(of: (place: Place) => number | null, reach: number): Builder {
  return (site) => {
    const { tools } = site;
    const { type } = tools;
    if (type.kind !== 'scalar') return null;
    const place = placeOf(site);
    const plain = numberSource(type, { ...tools.domain }, { low: -reach, high: reach }, saltOf(tools));
    const limits = limitsOf(type);
    if (!plain || !limits) return null;
    const digits = Math.min(6, limits.digits ?? 6);
    return { ...plain, draw: near(tools, place, of, 10 ** digits, plain) };
  };
}

function near(
  tools: Tools,
  place: (row: number) => Place,
  of: (place: Place) => number | null,
  factor: number,
  plain: Source,
): Source['draw'] {
  const { min, max } = tools.domain;
  return (draws, row) => {
    const center = of(place(row));
    if (center === null) return plain.draw(draws, row);
    const value = Math.round((center + (draws.unit() - 0.5) * 0.1) * factor) / factor;
    return (min && value <= min.value) || (max && value >= max.value) ? plain.draw(draws, row) : value;
  };
}

const latitude = coordinate((place) => place.latitude, 90);
const longitude = coordinate((place) => place.longitude, 180);

export const PLACE = {
  ...{ city, state, stateCode, country, countryCode, countryCode3, postcode, street, streetTwo, address, timezone },
  ...{ latitude, longitude },
} satisfies Readonly<Record<string, Builder>>;
