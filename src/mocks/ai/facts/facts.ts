import { type Amount, amountsIn, currenciesIn } from './amounts.ts';
import { addressesIn, mailsIn, phonesIn } from './contacts.ts';
import { type Day, daysIn, timesIn } from './dates.ts';
import { type Fact, Taken } from './fact.ts';
import { type Field, fieldsIn } from './fields.ts';
import { idsIn } from './ids.ts';
import { languagesIn } from './languages.ts';
import { type Matter, matterOf } from './matter.ts';
import { type Name, namesIn } from './names.ts';
import { streetsIn } from './places.ts';

/** What a text says outright, by kind, each in the order of the text. */
export interface Facts {
  readonly fields: readonly Field[];
  readonly mails: readonly Fact[];
  readonly urls: readonly Fact[];
  readonly phones: readonly Fact[];
  readonly days: readonly Fact<Day>[];
  readonly times: readonly Fact[];
  readonly ids: readonly Fact[];
  readonly zips: readonly Fact[];
  readonly streets: readonly Fact[];
  /** Codes as in ISO 4217. */
  readonly currencies: readonly Fact[];
  readonly languages: readonly Fact[];
  readonly amounts: readonly Amount[];
  readonly names: readonly Name[];
  readonly matter: Matter;
}

/** More is read by nobody: what is to be taken out of a long text mostly stands at its beginning or end. */
const MOST_CHARACTERS = 20_000;

/** Texts that were read last: one answer asks for the facts of its own several times, a conversation for earlier ones. */
const known = new Map<string, Facts>();
const MOST_KNOWN = 20;

/** Reads each kind in turn; what is one thing is no other. English alone is understood, other texts give what looks alike. */
export function factsIn(whole: string): Facts {
  const text = readable(whole);
  const facts = known.get(text) ?? read(text);
  known.delete(text);
  known.set(text, facts);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  return facts;
}

function read(text: string): Facts {
  const taken = new Taken(text);
  const mails = taken.claim(mailsIn(text));
  const urls = taken.claim(addressesIn(text));
  const days = taken.claim(daysIn(text));
  const times = taken.claim(timesIn(text));
  const phones = taken.claim(phonesIn(text));
  const streets = taken.claim(streetsIn(text));
  const ids = taken.claim(idsIn(text));
  const names = namesIn(text);
  const zips = taken.claim(zipsIn(text, names));
  const amounts = taken.claim(amountsIn(text));
  return {
    ...{ mails, urls, phones, days, times, ids, zips, streets, amounts, names },
    fields: fieldsIn(text),
    currencies: currenciesIn(text),
    languages: languagesIn(text),
    matter: matterOf(text),
  };
}

export const NO_FACTS: Facts = factsIn('');

/** A text of at most about that many characters: its beginning and its end. */
export function readable(text: string, most = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most * 0.75)}\n${text.slice(-most / 4)}`;
}

/** Digits beside a place, or so labelled. */
function zipsIn(text: string, names: readonly Name[]): Fact[] {
  const places = names.filter(({ kind }) => kind === 'city' || kind === 'other');
  const [starts, ends] = [new Set(places.map(({ at }) => at)), new Set(places.map(({ end }) => end))];
  return [...text.matchAll(/(?<![\w.,-])\d{4,6}(?![\w]|[.,]\d)/g)].flatMap((match) => {
    const [at, end] = [match.index, match.index + match[0].length];
    const label = text.slice(Math.max(0, at - 14), at);
    const isBeside = ends.has(at - 1) || starts.has(end + 1);
    const isLabelled = /\b(?:zip|postal|postcode|[A-Z]{2}),?(?: code)?:? $/.test(label);
    return isBeside || isLabelled ? [{ value: match[0], at, end, label: [] }] : [];
  });
}
