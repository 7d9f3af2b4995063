import type { Draws } from '../../../../lib/draws.ts';
import { fits } from '../../checks/index.ts';
import type { Distinct } from '../../generator.ts';
import { permutation } from '../../permutation.ts';
import { byWeight } from '../choice.ts';
import type { Source } from '../source.ts';
import { code } from '../text.ts';
import { lengthsOf, saltOf } from '../tools.ts';
import { type Words, wordList } from '../word-lists.ts';
import { phrase } from './phrase.ts';
import { type Builder, oneOf, type Site, textList, worded } from './site.ts';

const product: Builder = (site) => {
  const { words } = site.tools.world;
  const part = (name: string) => productWords(words, name);
  const lists = [part('adjective'), part('material'), part('product')].filter((list) => list.length > 1);
  return lists.length === 0 ? null : worded(site, phrase(lists, saltOf(site.tools)));
};

export function productWords(words: Words, name: string): readonly string[] {
  return wordList(words, 'commerce', 'product_name', name);
}

/** `Lovelace Group`: a last name and a legal form. */
const company: Builder = (site) => {
  const { words } = site.tools.world;
  const generic = wordList(words, 'person', 'last_name', 'generic');
  const names = generic.length > 1 ? generic : wordList(words, 'person', 'last_name', 'female');
  const forms = wordList(words, 'company', 'legal_entity_type');
  const lists = [names.length > 0 ? names : ['Acme'], forms.length > 0 ? forms : ['Ltd']];
  return worded(site, phrase(lists, saltOf(site.tools)));
};

const department: Builder = (site) => listOr(site, wordList(site.tools.world.words, 'commerce', 'department'));
const material: Builder = (site) => listOr(site, productWords(site.tools.world.words, 'material'));
const color: Builder = (site) => listOr(site, wordList(site.tools.world.words, 'color', 'human'));

function listOr(site: Site, texts: readonly string[]): Source | null {
  return texts.length > 0 ? oneOf(site, texts) : null;
}

const HEXES = '0123456789abcdef';
const hexColor: Builder = (site) => {
  const list = { size: 2 ** 24, longest: 7, at: (index: number) => `#${index.toString(16).padStart(6, '0')}` };
  return worded(site, { draw: (draws) => `#${code(draws, 6, HEXES)}`, list });
};

/** Most of the rows have the money of the locale's country. */
const MONEY: Readonly<Record<string, string>> = {
  ...{ US: 'USD', GB: 'GBP', JP: 'JPY', CH: 'CHF', BR: 'BRL', IN: 'INR', CA: 'CAD', AU: 'AUD', MX: 'MXN', PL: 'PLN' },
  ...{ SE: 'SEK', NO: 'NOK', DK: 'DKK', CZ: 'CZK', ZA: 'ZAR', CN: 'CNY', TR: 'TRY', KR: 'KRW', RU: 'RUB', UA: 'UAH' },
};

const currency: Builder = (site) => {
  const { words, country } = site.tools.world;
  const found = words.finance?.currency;
  const all = Array.isArray(found) ? (found as { code: string }[]).map((one) => one.code) : [];
  const home = MONEY[country] ?? 'EUR';
  const usual = [home, ...['USD', 'EUR', 'GBP'].filter((one) => one !== home)];
  return worded(site, {
    draw: byWeight(usual, [80, 10, 6, 4].slice(0, usual.length)),
    list: textList([...usual, ...all]),
  });
};

const sku: Builder = (site) => {
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  if (most !== null && most < 10) return worded(site, { draw: (draws) => code(draws, most) });
  return worded(site, { draw: (draws) => `${code(draws, 3, CAPITALS)}-${code(draws, 6)}`, joint: '-' });
};

const CAPITALS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const coupon: Builder = (site) => {
  const words = ['SPRING', 'SUMMER', 'WELCOME', 'SAVE', 'VIP', 'FRIENDS', 'THANKS'];
  return worded(site, {
    draw: (draws) => `${draws.pick(words)}${draws.between(1, 9) * 5}-${code(draws, 3)}`,
    joint: '',
  });
};

/** Begins with letters of what it belongs to: `ORD-7KQX2M` of orders. */
const reference: Builder = (site) => {
  const letters =
    (site.group || site.subject)
      .replace(/[^a-z]/g, '')
      .slice(0, 3)
      .toUpperCase() || 'REF';
  const { most } = lengthsOf(site.tools.type, site.tools.domain);
  if (most !== null && most < 10) return worded(site, { draw: (draws) => code(draws, most) });
  return worded(site, { draw: (draws) => `${letters}-${code(draws, 6)}`, list: undefined, joint: '-' });
};

/** EAN-13 and ISBN-13: the last digit makes the sum, each second digit times three, a multiple of ten (GS1). */
function thirteen(prefix: string): Builder {
  return (site) => {
    const free = 12 - prefix.length;
    const digits = (number: number) => withCheckDigit(prefix + String(number).padStart(free, '0'));
    return numbers(site, 10 ** free, digits, 13);
  };
}

export function withCheckDigit(twelve: string): string {
  let sum = 0;
  for (let place = 0; place < 12; place += 1) sum += Number(twelve[place]) * (place % 2 === 0 ? 1 : 3);
  return twelve + String((10 - (sum % 10)) % 10);
}

/** 20 to 29 is for use within a shop, so that no product outside has the number (GS1). */
const ean = thirteen('20');
const isbn = thirteen('978');

/** Of the locale's country where its IBANs have 22 places, else German; the check digits are those of ISO 13616. */
const iban: Builder = (site) => {
  const make = (number: number) => withIbanCheck('DE', `50010517${String(number).padStart(10, '0')}`);
  return numbers(site, 10 ** 10, make, 22);
};

export function withIbanCheck(country: string, account: string): string {
  const letters = [...country].map((letter) => letter.charCodeAt(0) - 55).join('');
  let rest = 0;
  for (const digit of `${account}${letters}00`) rest = (rest * 10 + Number(digit)) % 97;
  return `${country}${String(98 - rest).padStart(2, '0')}${account}`;
}

/** Texts made of a number; null where there is no room for them. */
function numbers(site: Site, size: number, make: (number: number) => string, length: number): Source | null {
  const { least, most } = lengthsOf(site.tools.type, site.tools.domain);
  if (least > length || (most !== null && most < length)) return null;
  const scattered = permutation(size, saltOf(site.tools));
  const distinct: Distinct = { size, at: (index) => make(scattered(index)) };
  const draw = (draws: Draws) => {
    const text = make(draws.below(size));
    return fits(text, site.tools.domain) ? text : make(draws.below(size));
  };
  return { draw, distinct };
}

const bic: Builder = (site) =>
  worded(site, { draw: (draws) => `${code(draws, 4, CAPITALS)}${site.tools.world.country}${code(draws, 2)}` });
const lastFour: Builder = (site) => worded(site, { draw: (draws) => code(draws, 4, '0123456789') });
const paymentMethod: Builder = (site) =>
  oneOf(site, ['card', 'paypal', 'bank_transfer', 'apple_pay', 'google_pay', 'invoice']);
const unit: Builder = (site) => oneOf(site, ['piece', 'kg', 'g', 'l', 'm', 'box', 'pack']);
const size: Builder = (site) => oneOf(site, ['S', 'M', 'L', 'XL', 'XS', 'XXL']);

export const COMMERCE = {
  ...{
    product,
    company,
    department,
    material,
    color,
    hexColor,
    currency,
    sku,
    couponCode: coupon,
    reference,
    ean,
    isbn,
  },
  ...{ iban, bic, lastFour, paymentMethod, unit, size },
} satisfies Readonly<Record<string, Builder>>;
