import { type Fact, factAt } from './fact.ts';

const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g;
const WEB = /https?:\/\/[^\s"'<>)]{1,2000}/g;
/** With a plus, a bracket or a nought before it, or in the American way: 555-0100, 415-555-0100. */
const PHONE =
  /(?<![\w@.-])(?:\+\d[\d ()/.-]{5,20}\d|\(\d{2,5}\)[\d /.-]{4,16}\d|0\d{1,5}[ /-][\d /-]{3,16}\d|(?:\d{3}[-. ])?\d{3}[-.]\d{4})(?![\w-])/g;

export function mailsIn(text: string): Fact[] {
  return found(text, MAIL);
}

export function addressesIn(text: string): Fact[] {
  return found(text, WEB).map((fact) => ({ ...fact, value: fact.value.replace(/[.,;:!?]{1,5}$/, '') }));
}

export function phonesIn(text: string): Fact[] {
  return found(text, PHONE);
}

function found(text: string, pattern: RegExp): Fact[] {
  return [...text.matchAll(pattern)].map((match) => factAt(text, match[0], match.index, match[0].length));
}
