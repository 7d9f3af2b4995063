import { ofFormat, slug, webAddress } from './formats.ts';
import type { Material } from './material.ts';
import * as said from './said.ts';
import type { Wanted } from './wanted.ts';

/** What a string holds: what the conversation says of it, else something of the kind. */
export interface Meaning {
  readonly said: said.Said;
  readonly made: (material: Material) => string;
}

const PEOPLE = ['Alice Smith', 'Bob Miller', 'Carol Jones', 'David Brown', 'Emma Wilson', 'Frank Taylor'];
const CITIES = ['Berlin', 'Paris', 'London', 'Oslo', 'Tokyo', 'Madrid', 'Vienna', 'Toronto'];
const COUNTRIES = ['Germany', 'France', 'Japan', 'Canada', 'Brazil'];
const COMPANIES = ['Acme Inc', 'Globex GmbH', 'Initech Ltd', 'Umbrella Corp'];
const COLORS = ['blue', 'green', 'red'];
const INGREDIENTS = ['flour', 'butter', 'sugar', 'eggs', 'milk', 'salt', 'water', 'olive oil'];
const NAMED_COLORS = /\b(?:red|blue|green|yellow|black|white|grey|gray|brown|orange|purple|pink)\b/i;

const made = (format: string) => (material: Material) => ofFormat(format, material) ?? '';
/** Another each time, as long as there are others. */
const oneOf =
  (list: readonly string[]) =>
  ({ draws, used }: Material): string => {
    const left = list.filter((one) => !used.has(one));
    return draws.pick(left.length > 0 ? left : list);
  };
const topic = ({ topic }: Material): string => topic();
const title = ({ title }: Material): string => title();
const prose =
  (sentences: number) =>
  ({ prose }: Material): string =>
    prose(sentences);
const part =
  (of: said.Said, cut: (value: string) => string): said.Said =>
  (material, wanted) =>
    of(material, wanted).map(cut);

const PERSON: Meaning = { said: said.people, made: oneOf(PEOPLE) };
const COMPANY: Meaning = { said: said.companies, made: oneOf(COMPANIES) };
const CITY: Meaning = { said: said.cities, made: oneOf(CITIES) };
const EVENT: Meaning = { said: said.events, made: title };
const THING: Meaning = { said: said.things, made: topic };
const INGREDIENT: Meaning = { said: said.fields, made: oneOf(INGREDIENTS) };
/** The topic, then its words. */
const FREE: Meaning = {
  said: said.fields,
  made: (material) =>
    [topic(material), ...material.keywords].find((word) => !material.used.has(word)) ?? topic(material),
};
const JOB: Meaning = {
  said: said.jobs,
  made: oneOf(['Software engineer', 'Teacher', 'Nurse', 'Designer', 'Accountant']),
};

/** By the last words of the name. The first that fits decides. */
const BY_NAME: readonly (readonly [RegExp, Meaning])[] = [
  [/e_?mail(_address)?$/, { said: said.mails, made: made('email') }],
  [/(url|uri|link|website|href)$/, { said: said.addresses, made: webAddress }],
  [/(datetime|date_time|_at|timestamp)$/, { said: said.nothing, made: made('date-time') }],
  [
    /(date|day|deadline|(ship|due|deliver|delivery|pay|needed|required)_by)$|^(due|when|deadline)/,
    { said: said.days, made: made('date') },
  ],
  [/(time|hour)$/, { said: said.times, made: made('date-time') }],
  [/(uuid|guid)$/, { said: said.nothing, made: made('uuid') }],
  [
    /(zip|zip_code|postcode|postal_code|plz)$/,
    { said: said.zips, made: ({ draws }) => String(draws.between(10_000, 99_999)) },
  ],
  [
    /(phone|phone_number|tel|telephone|mobile)$/,
    { said: said.phones, made: ({ draws }) => `+1555010${draws.between(1000, 9999)}` },
  ],
  [/(currency|currency_code)$/, { said: said.currencies, made: oneOf(['USD', 'EUR']) }],
  [/(country|nationality)(_name)?$/, { said: said.countries, made: oneOf(COUNTRIES) }],
  [/(^|_)(id|key|sku|code|slug|number|no|reference|ref|iban|vin)$/, { said: said.ids, made: slug }],
  [
    /(expression|formula|equation|calculation)$/,
    { said: said.sums, made: ({ draws }) => `${draws.between(1, 20)} + ${draws.between(1, 20)}` },
  ],
  [/(event|meeting|appointment|occasion)(_name|_title)?$/, EVENT],
  [/(subject|topic|theme)$/, { said: said.subjects, made: title }],
  [/(job|job_title|profession|occupation)$/, JOB],
  [/(title|headline|heading|task|todo|summary_line)$/, { said: said.titles, made: title }],
  [/(query|question|prompt|input|search|keywords|q)$/, { said: said.sought, made: topic }],
  [
    /^(to|from|cc|bcc|recipient|sender|receiver|addressee|origin|destination|source|target)$/,
    { said: said.ends, made: made('email') },
  ],
  [
    /(company|vendor|supplier|merchant|employer|organi[sz]ation|brand|seller|issuer|store|shop|restaurant|hotel|airline)(_name)?$/,
    COMPANY,
  ],
  [
    /(first_name|given_name|forename)$/,
    { said: part(said.people, firstWord), made: (material) => firstWord(PERSON.made(material)) },
  ],
  [
    /(last_name|surname|family_name)$/,
    { said: part(said.people, lastWord), made: (material) => lastWord(PERSON.made(material)) },
  ],
  [/(city|town)(_name)?$/, CITY],
  [/(location|place|destination|region|venue)(_name)?$/, { said: said.places, made: oneOf(CITIES) }],
  [
    /(person|who|author|assignee|owner|participant|attendee|speaker|contact|user|username|guest|friend|patient|doctor|employee|member|player|artist|director|manager|full_name)(_name)?$/,
    PERSON,
  ],
  [/(customer|client|buyer)(_name)?$/, { said: said.anybody, made: oneOf(PEOPLE) }],
  [/(product|item|article|object|dish|feature)(_name)?$/, THING],
  [/(lang|locale|language_code)$/, { said: said.codesOfLanguages, made: () => 'en' }],
  [/language$/, { said: said.languages, made: () => 'English' }],
  [/(symbol|ticker)(_symbol)?$/, { said: said.symbols, made: oneOf(['AAPL', 'MSFT', 'GOOGL']) }],
  [
    /(street|address|address_line_?\d?|street_address)$/,
    { said: said.streets, made: ({ draws }) => `${draws.between(1, 99)} Main Street` },
  ],
  [/ingredient(_name)?$/, INGREDIENT],
  [/(amount|quantity|price|cost|total)$/, { said: said.amounts, made: ({ draws }) => String(draws.between(1, 20)) }],
  [/colou?r$/, { said: ({ text }) => text.match(NAMED_COLORS)?.slice(0, 1) ?? [], made: oneOf(COLORS) }],
  [/sentiment$|mood$/, { said: said.moods, made: () => 'neutral' }],
  [/status$/, { said: said.fields, made: oneOf(['open', 'active', 'done']) }],
  [/(category|type|kind)$/, { said: said.fields, made: ({ keywords }) => keywords.at(-1) ?? 'general' }],
  [/(tag|keyword|label|word)s?$/, { said: ({ keywords }) => keywords.slice(0, 5), made: topic }],
  [/(answer|result|solution)$/, { said: said.obvious, made: prose(2) }],
  [/(content|body|text|message)$/, { said: said.messages, made: prose(2) }],
  [
    /(description|story|article|answer|response|reply|essay|details|explanation|reasoning|rationale)$/,
    { said: said.fields, made: prose(2) },
  ],
  [/(summary|abstract|excerpt|reason|note|comment|output|result|step)s?$/, { said: said.fields, made: prose(1) }],
];

const IS_EVENT = /^(?:event|meeting|appointment|calendar|fair|party)$/;
const IS_THING =
  /^(?:product|item|line|article|task|todo|project|recipe|book|movie|film|file|dish|feature|plan|object|song|game|course|step)$/;
const IS_COMPANY = /^(?:company|vendor|supplier|merchant|organi[sz]ation|brand|seller|employer|issuer|store)$/;
const IS_CITY = /^(?:city|place|location|town|destination)$/;

/** A name is of a person, a thing, …: by what it belongs to, then by what is beside it. */
function nameWithin({ owner, beside }: Wanted): Meaning {
  if (owner.some((word) => IS_EVENT.test(word))) return EVENT;
  if (owner.some((word) => IS_COMPANY.test(word))) return COMPANY;
  if (owner.some((word) => IS_CITY.test(word))) return CITY;
  if (owner.includes('ingredient')) return INGREDIENT;
  if (owner.some((word) => IS_THING.test(word))) return THING;
  const has = (pattern: RegExp): boolean => beside.some((name) => pattern.test(name));
  if (has(/participants|attendees|guests/)) return EVENT;
  if (has(/^(?:price|sku|quantity|qty|unit_price|brand)$/)) return THING;
  return { said: said.anybody, made: oneOf(PEOPLE) };
}

export function meaningOf(wanted: Wanted): Meaning {
  if (wanted.key === 'name') return nameWithin(wanted);
  const known = BY_NAME.find(([pattern]) => pattern.test(wanted.key));
  if (known) return known[1];
  return /_name$/.test(wanted.key) ? { said: said.anybody, made: oneOf(PEOPLE) } : FREE;
}

function firstWord(name: string): string {
  return name.split(' ')[0] ?? name;
}

function lastWord(name: string): string {
  return name.split(' ').at(-1) ?? name;
}
