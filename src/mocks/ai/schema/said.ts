import type { Amount } from '../facts/amounts.ts';
import type { Day } from '../facts/dates.ts';
import type { Fact } from '../facts/fact.ts';
import { LANGUAGES } from '../facts/languages.ts';
import { moodOf } from '../facts/mood.ts';
import type { Name } from '../facts/names.ts';
import { stem } from '../facts/related.ts';
import { directAnswer } from '../writing/direct.ts';
import { capitalized } from '../writing/words.ts';
import type { Material } from './material.ts';
import { fieldFor, match, ranked } from './ranked.ts';
import type { Wanted } from './wanted.ts';

/** What the conversation says of the kind, the best first; empty where it says nothing. */
export type Said = (material: Material, wanted: Wanted) => readonly string[];

export const mails: Said = ({ facts, used }, wanted) => values(ranked(facts.mails, wanted, used));
export const addresses: Said = ({ facts, used }, wanted) => values(ranked(facts.urls, wanted, used));
export const phones: Said = ({ facts, used }, wanted) =>
  orField(values(ranked(facts.phones, wanted, used)), facts, wanted);
export const times: Said = ({ facts, used }, wanted) => values(ranked(facts.times, wanted, used));
export const zips: Said = ({ facts, used }, wanted) => orField(values(ranked(facts.zips, wanted, used)), facts, wanted);

/** Whole dates as ISO 8601, others as they are written: "Friday". */
export const days: Said = ({ facts, used }, wanted) => ranked(facts.days, wanted, used, dayWritten).map(dayWritten);
const dayWritten = ({ value: { iso, written } }: Fact<Day>): string => iso ?? written;

/** Of several, those whose label goes with the name: an order's number is no invoice's. */
export const ids: Said = ({ facts, used }, wanted) =>
  orField(
    values(ranked(facts.ids, wanted, used)).filter((id) => {
      const fact = facts.ids.find(({ value }) => value === id);
      return fact !== undefined && (match(wanted, fact.label) > 0 || facts.ids.length === 1);
    }),
    facts,
    wanted,
  );

/** Names of one of the kinds, then such as may be of any. */
function named(...kinds: readonly Name['kind'][]): Said {
  return ({ facts, used }, wanted) => {
    const field = fieldFor(facts.fields, wanted);
    const fit = [kinds, ['other']].map((some) => facts.names.filter(({ kind }) => some.includes(kind)));
    const found = fit.flatMap((names) => values(ranked(names, wanted, used)));
    return field === null ? found : [field, ...found];
  };
}

export const people = named('person');
export const cities = named('city');
export const countries = named('country');
export const places = named('city', 'country');
export const companies = named('company');
export const anybody = named('person', 'company');

/** Whom something goes to or comes from: an address, a place or somebody. */
export const ends: Said = (material, wanted) => {
  const { facts, used } = material;
  const kinds = [[...facts.mails, ...facts.phones], facts.names, facts.currencies, facts.languages];
  return kinds.map((kind) => values(ranked<Fact>(kind, wanted, used))).find((found) => found.length > 0) ?? [];
};

export const sought: Said = ({ facts: { matter }, text }) =>
  some(matter.sought ?? (text.length <= 200 ? text.replace(/[\s?.!]{1,9}$/, '') : null));
export const subjects: Said = ({ facts: { matter, fields } }, wanted) =>
  some(fieldFor(fields, wanted), matter.about, matter.deed, matter.quotes[0], matter.events[0]).map(capitalized);
export const titles: Said = ({ facts: { matter, fields } }, wanted) =>
  some(fieldFor(fields, wanted), matter.deed, matter.quotes[0], matter.about, matter.events[0]).map(capitalized);
export const events: Said = ({ facts: { matter } }) =>
  some(matter.quotes[0], ...matter.events, ...matter.things).map(capitalized);
/** But for what the schema itself is called: of "a recipe for pancakes" a recipe holds the pancakes. */
export const things: Said = ({ facts: { matter, fields } }, wanted) => {
  const known = new Set([...wanted.owner, ...wanted.words].map(stem));
  const others = matter.things.filter(
    (thing) => !thing.split(' ').every((word) => known.has(stem(word.toLowerCase()))),
  );
  return some(fieldFor(fields, wanted), ...matter.quotes, ...others);
};
export const messages: Said = ({ facts: { matter, fields } }, wanted) =>
  some(fieldFor(fields, wanted), matter.said, matter.quotes[0]).map(capitalized);
/** The answer to what has an obvious one, such as a computation. */
export const obvious: Said = ({ text }) => some(directAnswer(text, ''));

export const sums: Said = ({ facts: { matter } }) => some(matter.sum);

export const jobs: Said = ({ facts }, wanted) =>
  some(fieldFor(facts.fields, wanted), facts.fields.find(({ name }) => name === 'job')?.value).map(capitalized);

/** What is only found where the text gives that very name to it. */
export const fields: Said = ({ facts }, wanted) => some(fieldFor(facts.fields, wanted));

export const nothing: Said = () => [];

export const moods: Said = ({ text }) => {
  const mood = moodOf(text);
  return mood === 0 ? [] : [mood > 0 ? 'positive' : 'negative'];
};

export const currencies: Said = ({ facts, used }, wanted) => {
  const codes = values(ranked(facts.currencies, wanted, used));
  return some(...(codes.length > 1 ? codes : []), ...facts.amounts.map(({ currency }) => currency), ...codes);
};

export const streets: Said = ({ facts, used }, wanted) => values(ranked(facts.streets, wanted, used));
export const languages: Said = ({ facts, used }, wanted) => values(ranked(facts.languages, wanted, used));
export const codesOfLanguages: Said = (material, wanted) =>
  languages(material, wanted).flatMap((name) => LANGUAGES.get(name) ?? []);

/** Numbers as texts, with what is counted by them. */
export const amounts: Said = ({ facts, used }, wanted) =>
  ranked(facts.amounts, wanted, used, amountWritten).map(amountWritten);
const amountWritten = ({ value, unit }: Amount): string => [value, unit[0] ?? ''].join(' ').trim();

/** Companies of which everybody asks the price. */
const SYMBOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apple: 'AAPL',
    microsoft: 'MSFT',
    google: 'GOOGL',
    alphabet: 'GOOGL',
    amazon: 'AMZN',
    tesla: 'TSLA',
    nvidia: 'NVDA',
    meta: 'META',
    netflix: 'NFLX',
  }),
);
export const symbols: Said = (material, wanted) =>
  companies(material, wanted).map(
    (name) =>
      SYMBOLS.get(name.toLowerCase()) ??
      name
        .replace(/[^\p{L}]/gu, '')
        .slice(0, 4)
        .toUpperCase(),
  );

function values(list: readonly { readonly value: string }[]): string[] {
  return list.map(({ value }) => value);
}

function orField(found: readonly string[], { fields }: Material['facts'], wanted: Wanted): readonly string[] {
  return found.length > 0 ? found : some(fieldFor(fields, wanted));
}

function some(...list: readonly (string | null | undefined)[]): string[] {
  return list.filter((one): one is string => typeof one === 'string' && one.trim() !== '');
}
