import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import { checkStrict } from '../../../../src/mocks/ai/openai/strict.ts';
import { withDescribed } from '../../../../src/mocks/ai/schema/described.ts';
import { textMatching } from '../../../../src/mocks/ai/schema/pattern.ts';
import { waysToTry } from '../../../../src/mocks/ai/schema/pattern-ways.ts';
import { Patterns } from '../../../../src/mocks/ai/schema/patterns.ts';

function written(source: string, least: number, most: number, seed = 1): string | null {
  const pattern = new Patterns().of(source);
  return pattern && textMatching(pattern, least, most, new Draws(seed, 'x').at(0));
}

describe('texts for patterns', () => {
  it.each([
    '^\\d{3}-\\d{4}$',
    '^[^\\s@]+@[^\\s@]+\\.[a-z]{2,}$',
    'foo|bar+',
    '^(?<year>\\d{4})-\\k<year>$',
    '^\\p{Script=Greek}{3}$',
    '^(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}$',
    '^(?!abc)[a-c]{3}$',
    '^\\$\\d+\\.\\d\\d$',
    '^[\\w.\\-]+$',
    '',
  ])('%s', (pattern) => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(written(pattern, 0, 100, seed)).toMatch(new RegExp(pattern, 'u'));
    }
  });

  it('have a length between the two, where there is one', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(10),
        fc.constantFrom('^[a-z]+$', '^x', 'y', '^\\w*-\\w*$'),
        (least, more, pattern) => {
          const text = written(pattern, least, least + more + 3);
          expect(text).toMatch(new RegExp(pattern));
          expect(text?.length).toBeGreaterThanOrEqual(least);
          expect(text?.length).toBeLessThanOrEqual(least + more + 3);
        },
      ),
    );
    expect(written('^a{5}$', 6, 9)).toBeNull();
    expect(written('(', 0, 9)).toBeNull();
  });

  it.each([
    ['^[A-Z]{2}-\\d+$', 10, 10],
    ['a+b', 10, 100],
    ['^a?(?:b|c)$', 10, 4],
    ['^(a+)+$', 10, Infinity],
    ['^(?:a|a)*$', 10, Infinity],
    ['^a*a*a*$', 10, 1000],
    ['^(?=a+$)a+$', 10, 100],
    ['^[^\\s@]{3}$', 10, 1],
  ])('%s of %i characters is tried in about %d ways', (pattern, length, ways) => {
    expect(waysToTry(pattern, true)(length)).toBe(ways);
  });

  it('that take too long are given up for the rest of the answer, others are still tried', () => {
    const patterns = new Patterns();
    const slow = patterns.of('^(\\w+\\s?)+$');
    expect(slow?.first(['Write a short text about baking sourdough bread!'])).toBeNull();
    expect(slow?.isGivenUp()).toBe(true);
    expect(slow?.first(['quick'])).toBeNull();
    expect(patterns.of('^(?:ab)+$')?.first(['aba', 'abab'])).toBe('abab');
    expect(patterns.of('(')).toBeNull();
  });
});

it.each([
  ['A price\n\n{minimum: 1, maximum: 9}', { minimum: 1, maximum: 9 }],
  ['{pattern: "^a, b: c$", maxLength: 5}', { pattern: '^a, b: c$', maxLength: 5 }],
  ['minimum: 1; max length: 9.', { minimum: 1, maxLength: 9 }],
  ['Words\npattern: ^[a-z]+; x$.', { pattern: '^[a-z]+; x$' }],
  ['Anything: goes here.', {}],
])('what SDKs put into a description is heeded: %j', (description, expected) => {
  expect(withDescribed({ type: 'string', description })).toEqual({ type: 'string', description, ...expected });
});

describe('strict schemas', () => {
  const inner = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
  const around = (schema: unknown) => ({
    type: 'object',
    properties: { x: schema },
    required: ['x'],
    additionalProperties: false,
  });

  it('are taken as OpenAI takes them', () => {
    for (const schema of [
      inner,
      around(inner),
      around({ anyOf: [inner, { type: 'null' }] }),
      around({ type: 'array', items: inner }),
    ]) {
      expect(() => checkStrict(schema, 'function', 'tools')).not.toThrow();
    }
  });

  it.each([
    [
      around({ ...inner, additionalProperties: true }),
      /context=\('properties', 'x'\), 'additionalProperties' is required/,
    ],
    [around({ ...inner, required: [] }), /Missing 'a'/],
    [around({ type: 'array', items: { ...inner, required: [] } }), /context=\('properties', 'x', 'items'\)/],
    [around({ allOf: [inner] }), /'allOf' is not permitted/],
    [{ ...inner, $defs: { d: { type: 'object' } } }, /'\$defs', 'd'/],
    [{ type: 'string' }, /got 'type: "string"'/],
  ])('are refused as OpenAI refuses them: %#', (schema, message) => {
    expect(() => checkStrict(schema, 'function', 'tools')).toThrow(message);
  });
});
