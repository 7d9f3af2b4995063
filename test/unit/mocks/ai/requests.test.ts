import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import { computed } from '../../../../src/mocks/ai/writing/arithmetic.ts';
import { replyTo } from '../../../../src/mocks/ai/writing/reply.ts';
import { smallTalk } from '../../../../src/mocks/ai/writing/small-talk.ts';
import { textFor } from '../../../../src/mocks/ai/writing/text.ts';
import { promptOf } from './prompts.ts';

const draws = (): Draws => new Draws(1, 'test').at(0);
const text = (...turns: Parameters<typeof promptOf>[0]): string => textFor(promptOf(turns), draws());
const rule = (said: string) => ({ role: 'system' as const, text: said });

describe('forms', () => {
  it('a haiku is three short lines, a poem lines in pairs, on the topic', () => {
    const haiku = text('Write a haiku about autumn').split('\n');
    expect(haiku).toHaveLength(3);
    expect(haiku.join(' ')).toMatch(/autumn/i);
    expect(text('Write a poem about the sea').split('\n')).toHaveLength(4);
    expect(text('Tell me a joke about cats')).toMatch(/cats/);
  });

  it('a summary is made of the words of the text, however few', () => {
    for (let item = 1; item <= 50; item += 1)
      expect(text(`Summarize: item ${item} is good.`)).toBe(`item ${item} is good.`);
  });

  it('a name is a name', () => {
    expect(text('Suggest a name for my coffee shop')).toMatch(/^[\w .&]*Coffee[\w .&]*$/);
    expect(text('Suggest 3 names for my dog').split('\n')).toHaveLength(3);
  });
});

describe('lists', () => {
  it.each([
    ['List three colors', 3],
    ['Name 5 animals', 5],
    ['Give me five tea brands', 5],
    ['What are the days of the week?', 7],
    ['Give me 4 bullet points about tea', 4],
  ])('%j has %i lines, each another', (asked, count) => {
    const lines = text(asked).split('\n');
    expect(lines).toHaveLength(count);
    expect(new Set(lines.map((line) => line.replace(/^\d+\. |^- /, ''))).size).toBe(count);
    for (const line of lines) expect(line).toMatch(/^(?:\d+\.|-) \S/);
  });

  it('are written as they are asked for', () => {
    expect(text('List the seasons, comma separated')).toBe('Spring, Summer, Autumn, Winter');
    expect(text('List the seasons, one per line')).toBe('Spring\nSummer\nAutumn\nWinter');
  });
});

it.each([
  ['Reply with only yes or no: is the sky blue?', /^(?:yes|no)$/],
  ['Answer with "yes" or "no": is the sky blue?', /^(?:yes|no)$/],
  ['Is the sentiment positive or negative? I love it', /^positive$/],
  ['Classify the sentiment as positive, negative or neutral: this is terrible', /^negative$/],
  ['Give me a number between 3 and 5', /^[345]$/],
  ['Flip a coin', /^(?:Heads|Tails)$/],
  ['Respond with exactly: pong', /^pong$/],
  ['What is the capital of France?', /^The capital of France is Paris\.$/],
])('%j is answered in its form', (asked, expected) => {
  expect(text(asked)).toMatch(expected);
});

describe('rules that were said beforehand', () => {
  it('hold: the very words, one word, letters, JSON with its keys', async () => {
    expect(text(rule('Always answer with exactly OK'), 'What about tea?')).toBe('OK');
    expect(text(rule('You respond with only the word "tea time", no matter what.'), 'Hi')).toBe('tea time');
    expect(text(rule('Answer in one word.'), 'What is the capital of France?')).toBe('Paris');
    expect(text(rule('Answer in one word.'), 'Tell me about tea')).toBe('Tea');
    expect(text(rule('Answer in all caps.'), 'Tell me about tea')).toMatch(/^[^a-z]+$/);
    const reply = await replyTo(promptOf([rule('Reply in JSON with keys a and b.'), 'Tea?']), draws());
    expect(Object.keys(JSON.parse(reply.text))).toEqual(['a', 'b']);
  });

  it('are no very words where they say a form', () => {
    expect(text(rule('Answer with only one sentence.'), 'Tell me about tea')).toMatch(/tea/i);
    expect(text(rule('If users say hello, be kind.'), 'Tell me about tea')).toMatch(/tea/i);
  });
});

it.each([
  [['My name is Bob', 'What is my name?'], 'Your name is Bob.'],
  [['I live in Oslo and I am 34 years old.', 'Where do I live?'], 'You live in Oslo.'],
  [['I live in Oslo and I am 34 years old.', 'How old am I?'], 'You are 34 years old.'],
  [['Call me Ishmael.', 'Who am I?'], 'Your name is Ishmael.'],
  [
    ['My favorite color is blue.', 'My favorite color is red.', "What's my favorite color?"],
    'Your favorite color is red.',
  ],
  [['What is my name?'], 'You have not told me yet.'],
])('what was told is remembered: %j', (turns, answer) => {
  expect(text(...turns)).toBe(answer);
});

describe('computations', () => {
  it.each([
    ['What is 12*7?', '84'],
    ['What is (3 + 4) * 2 - 1?', '13'],
    ["What's 15% of 80?", '12'],
    ['10 divided by 4', '2.5'],
    ['Calculate -3 + 5', '2'],
    ['0.1 + 0.2', '0.3'],
    ['2 ^ 10', '1024'],
    ['Solve 8x + 7 = -23', 'x = -3.75'],
    ['12 / -2 * 3', '-18'],
    ['2^-1*4', '2'],
    ['2^3^2', '512'],
    ['-2^2', '-4'],
    ['3 - -(2 + 1)', '6'],
    ['What is 10-12?', '-2'],
    ['555-0100', null],
    ['Call 555-0100', null],
    ['What is 555-0100?', null],
    ['10-12', null],
    ['1 / 0', null],
    ['(1 + 2', null],
    ['2025-03-04?', null],
    ['What is tea?', null],
    ['5', null],
  ])('%j is %j', (asked, result) => {
    expect(computed(asked)).toBe(result);
  });

  it('are right', () => {
    const number = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(computed(`What is ${a} + ${b} * ${c}?`)).toBe(String(a + b * c));
        expect(computed(`(${a} - ${b}) * ${c}`)).toBe(String((a - b) * c + 0));
      }),
    );
  });
});

it('small talk is what wants nothing', () => {
  for (const said of ['hi', 'Hello there!', 'How are you?', 'thanks a lot', 'ok, thank you!', 'bye'])
    expect(smallTalk(said)).not.toBeNull();
  for (const said of ['Hello, find me a hotel in Oslo', 'tea?', '', 'Okay, what is the weather?'])
    expect(smallTalk(said)).toBeNull();
});

describe('JSON without a schema', () => {
  it.each([
    ['a person with name and age', ['name', 'age']],
    ['JSON of a person with a name, an age and a list of hobbies', ['name', 'age', 'hobbies']],
    ['keys: a, b', ['a', 'b']],
    ['{ title: string, pages: number }', ['title', 'pages']],
    ['Reply with JSON and nothing else', ['title', 'answer', 'keywords']],
  ])('%j has the keys %j', async (asked, keys) => {
    const reply = await replyTo(promptOf([asked], { format: { kind: 'json' } }), draws());
    expect(Object.keys(JSON.parse(reply.text))).toEqual(keys);
  });
});

it.each([
  'a',
  ' ',
  '\n',
  '.',
  '1',
  '1+',
  '(',
  'A ',
  'classify ',
  'with only ',
  'my a ',
  '? ',
  '"',
  '{',
  '{a:',
  '- ',
  '東',
  'list ',
])(
  'a megabyte of %j is answered at once',
  async (piece) => {
    const asked = piece.repeat(1_000_000 / piece.length);
    const begun = performance.now();
    const tools = [
      { name: 'get_weather', description: 'The weather', schema: { properties: { city: { type: 'string' } } } },
    ];
    for (const one of [asked, `Summarize: ${asked}`, `JSON ${asked}`])
      await replyTo(promptOf([rule(asked), one]), draws());
    await replyTo(promptOf([asked], { tools }), draws());
    expect(performance.now() - begun).toBeLessThan(5000);
  },
  20_000,
);
