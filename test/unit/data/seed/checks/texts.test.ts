import { describe, expect, it } from 'vitest';
import { fits, textsOf } from '../../../../../src/data/seed/checks/index.ts';
import { ANY, type Domain, type Pattern } from '../../../../../src/data/seed/domain.ts';
import { Draws } from '../../../../../src/lib/draws.ts';

function pattern(source: string, more: Partial<Pattern> = {}): Pattern {
  return { kind: 'regex', source, ignoreCase: false, negated: false, ...more };
}

const regex = (...sources: string[]): Partial<Domain> => ({ patterns: sources.map((source) => pattern(source)) });
const not = (source: string) => pattern(source, { negated: true });

const DOMAINS: readonly (readonly [name: string, domain: Partial<Domain>])[] = [
  ['a code', regex('^[A-Z]{3}-[0-9]{4}$')],
  ['an address of e-mail', regex('^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$')],
  ['a slug', regex('^[a-z0-9]+(?:-[a-z0-9]+)*$')],
  ['not anchored', regex('foo[0-9]')],
  ['alternatives with their own anchors', regex('^a|b$')],
  ['classes by name', regex('^[[:upper:]][[:lower:]]+[[:digit:]][[:punct:]][[:space:]]?$')],
  ['a bracket and a hyphen in brackets', regex('^[]a-]+$')],
  ['escapes', regex('^\\d\\w\\s\\.\\[\\x41\\u0042$')],
  ['edges of words', regex('^a \\mfoo\\M b$')],
  ['the edges of a text', regex('\\Aab\\Z')],
  ['what was in a group before', regex('^(a|b)-\\1$')],
  ['lazy repetitions', regex('^a+?b*?c??$')],
  ['braces that are no repetition', regex('^a{b}c{,3}$')],
  ['an option in the pattern', regex('(?i)^ABC$')],
  ['a literal', regex('***=a.b')],
  ['a password', regex('^(?=.*[A-Z])(?=.*[0-9])(?!.*x).{8,12}$')],
  ['two at once', regex('^[a-f]+$', 'ab')],
  ['one that must not be', { patterns: [pattern('^[A-Z]{2}$'), not('^(XX|ZZ)$'), not('^A')] }],
  ['only one that must not be', { patterns: [not('[aeiou]')], minLength: 4 }],
  ['upper or lower case', { patterns: [pattern('^yes|no$', { ignoreCase: true }), pattern('[A-Z]')] }],
  ['LIKE', { patterns: [pattern('a\\%_b%', { kind: 'like' })] }],
  ['NOT LIKE', { patterns: [pattern('%a%', { kind: 'like', negated: true })] }],
  ['lengths', { ...regex('^[a-z]*[0-9]*$'), minLength: 7, maxLength: 9 }],
  ['lengths alone', { minLength: 30, maxLength: 31 }],
  ['a long text', { minLength: 500 }],
  ['values that must not be', { ...regex('^[ab]$'), noneOf: ['a'] }],
];

describe('a text', () => {
  it.each(DOMAINS)('of %s fits', (_, demand) => {
    const domain = { ...ANY, ...demand };
    const texts = textsOf(domain);
    const draws = new Draws(1, 'texts');
    const made = Array.from({ length: 50 }, (_, row) => texts?.text(draws.at(row)) ?? null);
    expect(made.filter((text) => text === null || !fits(text, domain))).toEqual([]);
  });

  it('is a function of its draws alone', () => {
    const domain = { ...ANY, ...regex('^[A-Z]{3}-[0-9]{4}$') };
    const [one, other] = [textsOf(domain), textsOf(domain)];
    other?.text(new Draws(1).at(5));
    expect(other?.text(new Draws(1).at(9))).toBe(one?.text(new Draws(1).at(9)));
  });

  it.each([
    ['^a$', '^b$'],
    ['^[0-9]+$', '^[a-z]+$'],
  ])('is not there for %s with %s', (one, other) => {
    expect(textsOf({ ...ANY, ...regex(one, other) })).toBeNull();
  });

  it('is not there where lengths leave none', () => {
    expect(textsOf({ ...ANY, ...regex('^[a-z]{5}$'), maxLength: 4 })).toBeNull();
  });
});

describe('texts that all differ', () => {
  it.each(DOMAINS)('of %s', (_, demand) => {
    const domain = { ...ANY, ...demand };
    const distinct = textsOf(domain)?.distinct;
    if (!distinct) return expect(demand.patterns?.some(({ source }) => /\\[mMy1]/.test(source))).toBe(true);
    const indexes = Array.from({ length: Math.min(distinct.size, 300) }, (_, index) => index);
    const made = [...indexes, ...indexes.map((index) => distinct.size - 1 - index)].map((index) => distinct.at(index));
    expect(made.filter((text) => !fits(text, domain))).toEqual([]);
    const folded = new Set(made.map((text) => String(text).trim().toLowerCase()));
    expect(folded.size).toBe(Math.min(distinct.size, 600));
  });

  it.each([
    ['^[A-Z]{3}-[0-9]{4}$', 26 ** 3 * 10 ** 4],
    ['^[A-Za-z]{2}$', 26 ** 2],
    ['^(a|a|ab?)$', 2],
    ['^ ?x ?$', 1],
    ['^a{1,100}$', 100],
    ['^[ab]?$', 3],
    ['^.$', 68],
    ['^(yes|no|YES)$', 2],
  ])('of %s are %d', (source, size) => {
    expect(textsOf({ ...ANY, ...regex(source) })?.distinct?.size).toBe(size);
  });

  it('come in order', () => {
    const distinct = textsOf({ ...ANY, ...regex('^[A-Z]{3}-[0-9]{4}$') })?.distinct;
    expect([0, 1, 10_000].map((index) => distinct?.at(index))).toEqual(['AAA-0000', 'AAA-0001', 'AAB-0000']);
  });
});
