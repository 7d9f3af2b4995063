import { isEmpty } from '../writing/words.ts';
import { type Fact, factAt } from './fact.ts';
import { CITIES, COMPANIES, COUNTRIES, FIRST_NAMES } from './stock.ts';

export interface Name extends Fact {
  readonly kind: 'person' | 'city' | 'country' | 'company' | 'other';
}

interface Token {
  readonly text: string;
  readonly at: number;
}

/** Words with a capital that name nobody. */
const NO_NAMES = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
  october november december jan feb mar apr jun jul aug sep sept oct nov dec am pm ok id sku url api pdf csv xml json sql
  html vat iso faq asap fyi todo celsius fahrenheit mr mrs ms dr prof i i'm i'd i've i'll eur usd gbp jpy chf english german
  french spanish italian`.split(/\s+/),
);
/** Words that begin requests and notes, besides those that carry no topic. */
const STARTS = new Set(
  `order invoice ticket customer client user meet call contact dear book find search send schedule set add remove delete
  update check remind invite ask buy sell pay start stop open close turn play convert calculate compare classify rate
  review parse analyze analyse identify look go today tomorrow yesterday yes thanks thank weather name phone address city
  total price date subject from flight flights hotel meeting lunch dinner team feedback complaint dentist doctor birthday
  product company email cancel reserve order ship refund track translate weather tea coffee`.split(/\s+/),
);
const COMPANY_ENDS =
  /^(?:GmbH|Inc|Ltd|Limited|LLC|Corp|Corporation|AG|SE|KG|Co|Company|Bank|Group|Holdings|Technologies|Labs|Systems|Industries|Solutions|Software|University|Store|Shop|Airlines)$/;
const PLACE_BEFORE = /^(?:in|near|around|outside|visit|visiting)$/;
const TITLE_BEFORE = /^(?:mr|mrs|ms|dr|prof|dear|named|mr\.)$/;
const PERSON_DOES =
  /^(?:lives?|lived|wants?|said|says|ordered|orders|works?|worked|bought|wrote|called|asked|complained|paid|moved|likes?|loves?|went|meets?|joined)$/;
const MOST_WORDS = 4;

/** Names of people, places and others: words with a capital that they have not from their place, and cities in any case. */
export function namesIn(text: string): Name[] {
  const tokens = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}&’'-]{0,60}/gu)].map((match) => tokenAt(match));
  const names: Name[] = [];
  for (let index = 0; index < tokens.length; ) {
    const length = runAt(text, tokens, index);
    const run = tokens.slice(index, index + Math.max(1, length));
    names.push(...(length > 0 ? namesOf(text, run, tokens[index - 1], tokens[index + length]) : []));
    index += Math.max(1, length);
  }
  return names;
}

function tokenAt(match: RegExpMatchArray): Token {
  return { text: match[0].replace(/['’](?:s|S)?$/, ''), at: match.index ?? 0 };
}

/** How many words from here on belong to one name; a known place is one in small letters too. */
function runAt(text: string, tokens: readonly Token[], index: number): number {
  const place = placeAt(text, tokens, index);
  if (place > 0 && !isCapital(tokens[index])) return place;
  let length = 0;
  while (
    length < MOST_WORDS &&
    isCapital(tokens[index + length]) &&
    (length === 0 || follows(text, tokens, index + length))
  )
    length += 1;
  return length;
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}[^\d]*$/u.test(token.text) && !NO_NAMES.has(token.text.toLowerCase());
}

/** Behind the one before it with nothing but a space between, so that one phrase can hold both. */
function follows(text: string, tokens: readonly Token[], index: number): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  return before !== undefined && token !== undefined && text.slice(before.at + before.text.length, token.at) === ' ';
}

/** How many words of a known city or country stand here. */
function placeAt(text: string, tokens: readonly Token[], index: number): number {
  for (let length = 3; length > 0; length -= 1) {
    const words = tokens.slice(index, index + length);
    if (words.length < length || words.some((_, offset) => offset > 0 && !follows(text, tokens, index + offset)))
      continue;
    if (kindOfPlace(words.map((word) => word.text).join(' ')) !== null) return length;
  }
  return 0;
}

function kindOfPlace(name: string): 'city' | 'country' | null {
  const key = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return CITIES.has(key) ? 'city' : COUNTRIES.has(key) ? 'country' : null;
}

function namesOf(text: string, given: readonly Token[], before: Token | undefined, behind: Token | undefined): Name[] {
  const places = placesOf(text, given);
  if (places !== null) return places;
  const [first] = given;
  const starts = first !== undefined && startsSentence(text, first.at);
  const isWord = starts && first !== undefined && isNoName(first.text);
  const run = isWord ? given.slice(1) : given;
  if (run.length === 0) return [];
  if (run.length < given.length) return namesOf(text, run, given[0], behind);
  const kind = kindOf(run, labelled(before), behind?.text.toLowerCase() ?? '');
  // The first word of a sentence has its capital anyway.
  if (starts && run.length === 1 && kind === 'other') return [];
  return [named(text, run, kind)];
}

function isNoName(word: string): boolean {
  const key = word.toLowerCase();
  return (isEmpty(key) || STARTS.has(key)) && !FIRST_NAMES.has(key);
}

/** All of a run as known places: "Berlin Germany" is two. */
function placesOf(text: string, run: readonly Token[]): Name[] | null {
  const places: Name[] = [];
  for (let index = 0; index < run.length; ) {
    const length = placeAt(text, run, index);
    if (length === 0) return null;
    const words = run.slice(index, index + length);
    places.push(named(text, words, kindOfPlace(words.map((word) => word.text).join(' ')) ?? 'city'));
    index += length;
  }
  return places;
}

function kindOf(run: readonly Token[], before: string, behind: string): Name['kind'] {
  const words = run.map((word) => word.text);
  if (words.length > 1 && COMPANY_ENDS.test(words.at(-1) ?? '')) return 'company';
  if (words.length === 1 && COMPANIES.has(words[0]?.toLowerCase() ?? '')) return 'company';
  if (PLACE_BEFORE.test(before)) return 'city';
  if (FIRST_NAMES.has(words[0]?.toLowerCase() ?? '') || TITLE_BEFORE.test(before) || PERSON_DOES.test(behind))
    return 'person';
  return words.length > 1 && words.length < 4 && words.every((word) => /^\p{Lu}[\p{Ll}'’-]+/u.test(word))
    ? 'person'
    : 'other';
}

function labelled(before: Token | undefined): string {
  return before?.text.toLowerCase() ?? '';
}

function named(text: string, run: readonly Token[], kind: Name['kind']): Name {
  const at = run[0]?.at ?? 0;
  const last = run.at(-1) as Token;
  const written = text.slice(at, last.at + last.text.length);
  const value = /^\p{Ll}/u.test(written)
    ? written.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase())
    : written;
  return { ...factAt(text, value, at, written.length), kind };
}

function startsSentence(text: string, at: number): boolean {
  return /(?:^|[.!?:\n"“*•-])\s*$/.test(text.slice(Math.max(0, at - 4), at)) || at === 0;
}
