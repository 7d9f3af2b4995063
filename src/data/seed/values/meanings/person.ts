import type { Draws } from '../../../../lib/draws.ts';
import { always, byWeight } from '../choice.ts';
import { saltOf } from '../tools.ts';
import { wordList } from '../word-lists.ts';
import { ascii } from './ascii.ts';
import { type Names, nameList, namesOf } from './person-names.ts';
import { phrase } from './phrase.ts';
import { type Builder, oneOf, type Site, sibling, textList, worded } from './site.ts';

const firstName: Builder = (site) => {
  const { first } = namesOf(site);
  return worded(site, { draw: first, list: textList(nameList(site.tools.world.words, 'first_name')) });
};

const lastName: Builder = (site) => {
  const { last } = namesOf(site);
  return worded(site, { draw: last, list: textList(nameList(site.tools.world.words, 'last_name')) });
};

const middleName: Builder = (site) => {
  const { first } = namesOf(site);
  return worded(site, { draw: first, nulls: 0.6 });
};

/** First and last name of a row: those of its columns where it has them. */
function personOf(site: Site): Names {
  const names = namesOf(site);
  const [first, last] = [sibling(site, 'firstName'), sibling(site, 'lastName')];
  return {
    first: (draws, row) => textOr(first?.(row), () => names.first(draws, row)),
    last: (draws, row) => textOr(last?.(row), () => names.last(draws, row)),
  };
}

function textOr(value: unknown, otherwise: () => string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise();
}

/** In Hungarian, Chinese, Japanese and Korean the family comes first; the last three without a blank mostly. */
export const fullName: Builder = (site) => {
  const { words } = site.tools.world;
  const person = personOf(site);
  const patterns = JSON.stringify(words.person?.name ?? '');
  const order = /\{\{person\.(last|first)Name\}\}( ?)\{\{person\.(?:first|last)Name\}\}/.exec(patterns);
  const joint = order?.[2] ?? ' ';
  const draw =
    order?.[1] === 'last'
      ? (draws: Draws, row: number) => person.last(draws, row) + joint + person.first(draws, row)
      : (draws: Draws, row: number) => person.first(draws, row) + joint + person.last(draws, row);
  const owned = sibling(site, 'firstName', 'lastName');
  const lists = [nameList(words, 'first_name'), nameList(words, 'last_name')];
  const list = owned || order?.[1] === 'last' || joint === '' ? undefined : phrase(lists, saltOf(site.tools)).list;
  return worded(site, { draw, list });
};

/** `ada.lovelace` of the row's person, `user` where a name isn't Latin. */
function handle(site: Site, joint: string): (draws: Draws, row: number) => string {
  const whole = sibling(site, 'fullName') ?? (isPerson(site) ? sibling(site, 'name') : null);
  const first = sibling(site, 'firstName');
  if (whole && !first) {
    const person = personOf(site);
    return (draws, row) =>
      ascii(textOr(whole(row), () => `${person.first(draws, row)} ${person.last(draws, row)}`)).replaceAll(
        '-',
        joint,
      ) || 'user';
  }
  const person = personOf(site);
  return (draws, row) => {
    const [one, two] = [ascii(person.first(draws, row)), ascii(person.last(draws, row))];
    return (one === '' || two === '' ? one + two : one + joint + two) || 'user';
  };
}

const username: Builder = (site) => {
  const base = handle(site, '_');
  return worded(site, { draw: (draws, row) => base(draws, row) + draws.below(100), joint: '' });
};

/** Domains that belong to nobody (RFC 2606). */
const DOMAINS = ['@example.com', '@example.com', '@example.org', '@example.net'];

const email: Builder = (site) => {
  const login = sibling(site, 'username');
  const named = sibling(site, 'firstName', 'lastName', 'fullName') ?? (isPerson(site) ? sibling(site, 'name') : null);
  const company = named || login ? null : sibling(site, 'company', 'name');
  const base = handle(site, '.');
  const local = (draws: Draws, row: number): string => {
    if (company) return ascii(String(company(row) ?? '')).slice(0, 40) || 'office';
    return login && !named ? ascii(String(login(row) ?? '')) || base(draws, row) : base(draws, row);
  };
  return worded(site, {
    draw: local,
    joint: '',
    ending: (draws) => draws.pick(DOMAINS),
  });
};

const gender: Builder = (site) => {
  const { most } = { most: site.tools.type.kind === 'scalar' ? site.tools.type.length : null };
  const texts = most !== null && most < 6 ? ['f', 'm', 'x'] : ['female', 'male', 'non-binary'];
  const pick = byWeight(texts, [49, 48, 3]);
  return worded(site, { draw: pick, list: textList(texts) });
};

const salutation: Builder = (site) =>
  oneOf(
    site,
    ['female', 'male', 'generic']
      .flatMap((part) => wordList(site.tools.world.words, 'person', 'prefix', part))
      .concat('Dr.'),
  );

const jobTitle: Builder = (site) => {
  const { words } = site.tools.world;
  const part = (name: string) => wordList(words, 'person', name);
  const lists = [part('job_descriptor'), part('job_area'), part('job_type')].filter((list) => list.length > 1);
  return lists.length === 0 ? null : worded(site, phrase(lists, saltOf(site.tools)));
};

/** bcrypt of `password`, so that one can log in as anybody. */
export const PASSWORD_HASH = '$2b$10$Q3vXo7WkZs0Lf1TnRb5Ye.CCYRNypY/tV.ukbWQGlPbv7nCRuPYzq';

const passwordHash: Builder = () => always(PASSWORD_HASH);

const PEOPLE = new Set(
  'cardholder holder user customer person people employee author member contact client patient student teacher driver guest subscriber lead owner agent player candidate actor artist doctor staff profile admin reviewer passenger seller buyer sender recipient manager attendee participant speaker visitor instructor trainer tenant_user account_user team_member friend follower applicant volunteer donor editor writer host coach nurse lawyer worker'.split(
    ' ',
  ),
);

/** Whether the table holds people, so that its `name` is a person's. */
export function isPerson({ subject, group }: Pick<Site, 'subject' | 'group'>): boolean {
  const words = (group || subject).split('_');
  return PEOPLE.has(words.at(-1) as string);
}

export const PERSON = {
  ...{ firstName, lastName, middleName, fullName, username, email, gender, salutation, jobTitle, passwordHash },
} satisfies Readonly<Record<string, Builder>>;
