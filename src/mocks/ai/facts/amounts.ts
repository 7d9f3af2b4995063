import { type Fact, factAt } from './fact.ts';

/** A number with what is counted by it. */
export interface Amount extends Fact<number> {
  /** As in ISO 4217, where it is money. */
  readonly currency: string | null;
  /** The words behind it in its clause, lower case, the nearest first: "blue", "mugs". */
  readonly unit: readonly string[];
}

const SYMBOLS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY' };
const NAMES: Readonly<Record<string, string>> = {
  dollar: 'USD',
  dollars: 'USD',
  bucks: 'USD',
  euro: 'EUR',
  euros: 'EUR',
  pound: 'GBP',
  pounds: 'GBP',
  yen: 'JPY',
};
const CURRENCIES: readonly string[] =
  'EUR USD GBP JPY CHF CAD AUD NZD SEK NOK DKK PLN CZK INR CNY BRL MXN ZAR SGD'.split(' ');
const WORDS = ' two three four five six seven eight nine ten eleven twelve'.split(' ');

const DIGITS = /(?<![\p{L}\p{N}_.])(?:(?<=[\s(]|^)-)?\d[\d.,'’]{0,30}/gu;
const WORD = new RegExp(`(?<![\\p{L}-])(?:${WORDS.slice(1).join('|')})(?![\\p{L}-])`, 'giu');
const UNIT_WORDS = 3;

export function amountsIn(text: string): Amount[] {
  const digits = [...text.matchAll(DIGITS)].flatMap((match) => numbersOf(text, match[0], match.index));
  const words = [...text.matchAll(WORD)].map((match) =>
    amountAt(text, WORDS.indexOf(match[0].toLowerCase()) + 1, match.index, match[0].length),
  );
  return [...digits, ...words].sort((a, b) => a.at - b.at);
}

/** Codes of currencies, with or without an amount. */
export function currenciesIn(text: string): Fact[] {
  return [...text.matchAll(/(?<!\w)[A-Z]{3}(?!\w)/g)]
    .filter(([code]) => CURRENCIES.includes(code))
    .map(({ 0: code, index }) => factAt(text, code, index, code.length));
}

/** One number, or several that only commas stand between: "1,2,3". */
function numbersOf(text: string, found: string, at: number): Amount[] {
  const written = found.replace(/[.,'’]{1,30}$/, '');
  const value = numberOf(written);
  if (value !== null) return [amountAt(text, value, at, written.length)];
  return [...written.matchAll(/-?\d+/g)].map((match) =>
    amountAt(text, Number(match[0]), at + match.index, match[0].length),
  );
}

/** With commas or points between thousands, whichever the other one isn't; null for what is no one number. */
export function numberOf(written: string): number | null {
  if (/^-?\d+(?:\.\d+)?$/.test(written)) return Number(written);
  const [whole = '', decimals] = split(written);
  if (!/^-?\d{1,3}(?:[.,'’]\d{3})*$|^-?\d+$/.test(whole) || decimals === '') return null;
  return Number(`${whole.replace(/[.,'’]/g, '')}.${decimals ?? 0}`);
}

/** The part before the mark of decimals, and the one behind it. */
function split(written: string): readonly [string, string?] {
  const mark = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
  const sign = written.charAt(mark);
  const isThousands = /^-?\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$/.test(written);
  if (mark < 0 || isThousands || written.indexOf(sign) !== mark) return [written];
  return [written.slice(0, mark), written.slice(mark + 1)];
}

function amountAt(text: string, value: number, at: number, length: number): Amount {
  const fact = factAt(text, value, at, length);
  const behind = text.slice(fact.end, fact.end + 40);
  const clause = behind.slice(0, behind.search(/[.,;:!?()\n]|$/));
  const unit = (/^ ?%/.test(clause) ? ['percent'] : (clause.toLowerCase().match(/\p{L}[\p{L}-]*/gu) ?? [])).slice(
    0,
    UNIT_WORDS,
  );
  return { ...fact, unit, currency: currencyAround(text.slice(Math.max(0, at - 4), at), clause) };
}

function currencyAround(before: string, behind: string): string | null {
  const symbol = /[$€£¥](?= ?$)/.exec(before)?.[0] ?? /^ ?[$€£¥]/.exec(behind)?.[0];
  if (symbol !== undefined) return SYMBOLS[symbol.trim()] ?? null;
  const word = /^ ?(\p{L}{3,7})/u.exec(behind)?.[1] ?? '';
  const code = [/([A-Z]{3}) ?$/.exec(before)?.[1] ?? '', word].find((one) => CURRENCIES.includes(one));
  return code ?? NAMES[word.toLowerCase()] ?? null;
}
