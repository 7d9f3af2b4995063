import type { Domain, Pattern } from '../domain.ts';
import type { Value } from '../value.ts';

/** Whether a value is in a domain, as far as this side can tell: nulls and values with parts are. */
export function fits(value: Value, domain: Domain): boolean {
  if (value === null || typeof value === 'object') return true;
  if (domain.noneOf.includes(value)) return false;
  if (domain.oneOf && !domain.oneOf.includes(value)) return false;
  if (typeof value === 'number') return fitsNumber(domain, value);
  return typeof value !== 'string' || fitsText(domain, value);
}

function fitsNumber({ min, max, modulo }: Domain, value: number): boolean {
  if (min && (value < min.value || (value === min.value && !min.inclusive))) return false;
  if (max && (value > max.value || (value === max.value && !max.inclusive))) return false;
  return modulo.every(({ divisor, remainder }) => value % divisor === remainder);
}

function fitsText(domain: Domain, text: string): boolean {
  const length = [...text].length;
  if (domain.minLength !== null && length < domain.minLength) return false;
  if (domain.maxLength !== null && length > domain.maxLength) return false;
  return matcherOf(domain.patterns)(text);
}

/** Tells whether a text has all the patterns. One that JavaScript can't read as Postgres does counts as not fulfilled. */
export function matcherOf(patterns: readonly Pattern[]): (text: string) => boolean {
  const tests = patterns.map((pattern) => {
    const expression = regexOf(pattern);
    return (text: string) => expression !== null && expression.test(text) !== pattern.negated;
  });
  return (text) => tests.every((test) => test(text));
}

function regexOf({ kind, source, ignoreCase }: Pattern): RegExp | null {
  const flags = ignoreCase ? 'isu' : 'su';
  try {
    return new RegExp(kind === 'like' ? likeSource(source) : posixSource(source), flags);
  } catch {
    return null;
  }
}

/** `%` is any text, `_` any character, and a backslash takes what follows as it is. */
function likeSource(source: string): string {
  const body = source.replace(/\\(.)|([\s\S])/gu, (_, escaped: string | undefined, plain: string | undefined) => {
    if (plain === '%') return '.*';
    return plain === '_' ? '.' : (escaped ?? plain ?? '').replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
  });
  return `^${body}$`;
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  blank: ' \\t',
  digit: '\\d',
  lower: '\\p{Ll}',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

/** Names of classes, and escapes that JavaScript has by another name or not at all in its strict mode. */
function posixSource(source: string): string {
  return source
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replace(/\\A/g, '^')
    .replace(/\\Z/g, '$')
    .replace(/\\([mMyY])/g, '\\b')
    .replace(/\\([-_@#%&'"!,:;<=>~` ])/g, (_, plain: string) => (plain === '-' ? '\\-' : plain));
}
