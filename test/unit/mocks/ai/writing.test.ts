import { describe, expect, it } from 'vitest';
import { Draws } from '../../../../src/lib/draws.ts';
import type { Tool } from '../../../../src/mocks/ai/prompt.ts';
import { optionsOf } from '../../../../src/mocks/ai/writing/choice.ts';
import { fromResults } from '../../../../src/mocks/ai/writing/from-results.ts';
import { replyTo } from '../../../../src/mocks/ai/writing/reply.ts';
import { summaryOf } from '../../../../src/mocks/ai/writing/summary.ts';
import { textFor } from '../../../../src/mocks/ai/writing/text.ts';
import { toolsToCall } from '../../../../src/mocks/ai/writing/tool-choice.ts';
import { keywordsOf, sentencesOf, topicOf, wordsOf } from '../../../../src/mocks/ai/writing/words.ts';
import { promptOf } from './prompts.ts';

const draws = (): Draws => new Draws(1, 'test').at(0);
const text = (...turns: Parameters<typeof promptOf>[0]): string => textFor(promptOf(turns), draws());

it.each([
  ['Write a product description for a blue ceramic mug', 'blue ceramic mug'],
  ['Could you please write me a short poem about the sea?', 'sea'],
  ['What is the capital of France?', 'capital of France'],
  ['Explain how photosynthesis works.', 'how photosynthesis works'],
  ['Describe our new espresso machine', 'new espresso machine'],
  ['Generate a commit message for: fix the login redirect loop', 'fix the login redirect loop'],
  ['', 'your request'],
])('the topic of %j is %j', (request, topic) => {
  expect(topicOf(request)).toBe(topic);
});

it('keywords are the most frequent words that say something, as they are written', () => {
  expect(keywordsOf('The Mug and the tea: a mug for Tea, mug!', 3)).toEqual(['Mug', 'tea']);
  expect(keywordsOf('Größe und Länge', 3)).toEqual(['Größe', 'und', 'Länge']);
});

it('sentences end at a stop, not inside of a number', () => {
  expect(sentencesOf('It costs 4.50 EUR. Buy it!\nNow')).toEqual(['It costs 4.50 EUR.', 'Buy it!', 'Now']);
});

describe('text', () => {
  it('has as many sentences, words or lines as are asked for', () => {
    expect(sentencesOf(text('Describe tea in five sentences'))).toHaveLength(5);
    expect(wordsOf(text('Describe tea in at most 8 words')).length).toBeLessThanOrEqual(8);
    expect(text('List 7 reasons to drink tea').split('\n')).toHaveLength(7);
    expect(text('Write a title for a book on tea').split('\n')).toHaveLength(1);
    expect(text('Write an e-mail on the late order')).toMatch(/^Subject: .+\n\nHello,\n\n.+\n\nKind regards$/s);
  });

  it('is on the topic, whatever the request', () => {
    for (const topic of ['blue teapots', 'Steuererklärung', '東京タワー', 'TypeScript generics']) {
      expect(text(`Tell me about ${topic}`).toLowerCase()).toContain(topic.toLowerCase().split(' ').at(-1));
    }
  });

  it('is never empty and leaves no place unfilled', () => {
    for (const request of ['', '?', '...', 'a', '{t}', '\n']) expect(text(request)).toMatch(/^[^{]+$/);
  });
});

it('a topic is said as it is, whatever signs it has', () => {
  const variables = "the variable $' and $& in Perl {b}";
  expect(text(`Explain ${variables}`).toLowerCase()).toContain(
    variables.toLowerCase().split(' ').slice(1, 5).join(' '),
  );
});

it('brackets without end are a text like any other', () => {
  const brackets = '['.repeat(100_000) + ']'.repeat(100_000);
  for (const request of [brackets, `Summarize: ${brackets}`]) expect(text(request)).not.toBe('');
  expect(fromResults([{ tool: 'find', text: brackets }])).toContain('According to find, the result is [[');
});

it('data in a request is put into words for a summary', () => {
  expect(text('Summarise this order: {"customer":"Anna","total":44.5}')).toBe('Customer is Anna and total is 44.5.');
});

it('what is only told beforehand is answered too', () => {
  expect(text({ role: 'system', text: 'Describe a teapot' })).toMatch(/teapot/);
});

describe('JSON that is asked for in words', () => {
  const json = async (request: string): Promise<unknown> =>
    JSON.parse((await replyTo(promptOf([request]), draws())).text);

  it('has the keys of the example, or those that are named', async () => {
    expect(await json('Rate tea. Respond only with JSON: {"rating": 4, "reason": "…"}')).toEqual({
      rating: expect.any(Number),
      reason: expect.any(String),
    });
    expect(await json('Return JSON with the fields name, price and tags')).toEqual({
      name: expect.any(String),
      price: expect.any(Number),
      tags: expect.any(Array),
    });
  });

  it('is a list where a list is asked for', async () => {
    expect(await json('Return a JSON array of objects with "name"')).toEqual([
      { name: expect.any(String) },
      { name: expect.any(String) },
    ]);
  });
});

it.each([
  ['Say "pong"', 'pong'],
  ['Say this is a test', 'This is a test'],
  ['Reply with exactly: OK', 'OK'],
  ['What is 6 * 7?', '42'],
  ['Thanks!', "You're welcome! Let me know if there is anything else."],
  ['Translate to French: The sun shines.', '[French] The sun shines.'],
  ['Extract the keywords: a blue teapot and a blue mug', 'blue, teapot, mug'],
])('%j has one obvious answer: %j', (request, answer) => {
  expect(text(request)).toBe(answer);
});

describe('summaries', () => {
  it('of lists read them out, under the name that the request quotes', () => {
    expect(text('Summarise this order:\n- 2 × Blue mug, 24.00 EUR\n- 1 × Teapot\nTotal: 56.50 EUR')).toBe(
      'In short: 2 × Blue mug, 24.00 EUR; 1 × Teapot; Total: 56.50 EUR.',
    );
    expect(text('Write a product summary of "Walnut desk": solid walnut, felt base.')).toBe(
      'Walnut desk: solid walnut, felt base.',
    );
  });

  const story = 'Tea is grown in China. It rains often. Tea from China is sold in London, where much tea is drunk.';

  it('are sentences of the material, in its order', () => {
    expect(summaryOf(story, 'in two sentences')).toBe(
      'Tea is grown in China. Tea from China is sold in London, where much tea is drunk.',
    );
    expect(summaryOf(story, 'as 2 bullets')).toBe(
      '- Tea is grown in China.\n- Tea from China is sold in London, where much tea is drunk.',
    );
  });

  it('leave the request out, wherever it stands', () => {
    expect(text(`Summarize this in one sentence:\n${story}`)).toMatch(/^Tea/);
    expect(text(`${story} Please summarise that in one sentence.`)).not.toMatch(/summari/i);
    expect(text({ role: 'system', text: 'Summarise what the user sends.' }, story)).toMatch(/^Tea/);
  });
});

it.each([
  ['Classify as positive, negative, or neutral.', ['positive', 'negative', 'neutral']],
  ['Answer with "yes" or "no".', ['yes', 'no']],
  ['Pick one of: small | medium | large', ['small', 'medium', 'large']],
  ['Reply only with urgent/normal', ['urgent', 'normal']],
  ['Tell me about tea or coffee', null],
])('%j offers %j', (request, options) => {
  expect(optionsOf(request)).toEqual(options);
});

it('results of tools are told in words', () => {
  expect(fromResults([{ tool: 'find', text: '{"orderId":5,"lines":[{"sku":"A"}],"paid":true}' }])).toBe(
    'According to find, order id is 5, lines is sku A and paid is true.',
  );
  expect(fromResults([{ tool: 'find', text: '[]' }])).toBe('According to find, nothing was found.');
  expect(fromResults([{ tool: 'send', text: '' }])).toBe('According to send, it is done.');
});

describe('the tool that is called', () => {
  const tool = (name: string, description = ''): Tool => ({ name, description, schema: {} });
  const tools = [tool('send_mail'), tool('searchOrders', 'Finds orders of a customer'), tool('get_time')];
  const called = (...[turns, changed]: Parameters<typeof promptOf>): string[] =>
    toolsToCall(promptOf(turns, { tools, ...changed })).map(({ name }) => name);

  it('is the one that has most to do with the request, by the same words or near ones', () => {
    expect(called(['Which orders has Anna?'])).toEqual(['searchOrders']);
    expect(called(['Please mail her'])).toEqual(['send_mail']);
    expect(called(['Write a message to Bob'])).toEqual(['send_mail']);
    expect(called(['What did Anna buy?'])).toEqual(['searchOrders']);
  });

  it('is the one that takes what the text holds', () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const taking: Tool[] = [tool('first'), { name: 'other', description: '', schema }];
    expect(toolsToCall(promptOf(['Oslo'], { tools: taking })).map(({ name }) => name)).toEqual(['other']);
  });

  it('is the first where none has to do with a question or command', () => {
    expect(called(['Where is she?'])).toEqual(['send_mail']);
    expect(called(['Check whether it rains'])).toEqual(['send_mail']);
  });

  it.each([
    ...['hi', 'Hello!', 'Hi there, how are you?', 'Thank you, that is all!', 'Great, thanks a lot.', 'Bye!', 'ok'],
    ...['A joke about cats', 'Tell me a joke', 'Write a haiku on tea', 'What is 6*7?', 'xyz', ''],
  ])('is none for %j, unless one is required', (asked) => {
    expect(called([asked])).toEqual([]);
    expect(called([asked], { choice: { kind: 'required' } })).toHaveLength(1);
  });

  it('is what a plain yes agrees to', () => {
    const offer = { role: 'assistant' as const, text: 'Shall I look up the orders?', calls: [] };
    expect(called(['Hi', offer, 'Yes, please'])).toEqual(['searchOrders']);
  });

  it('is none once it has answered, until the user asks again', () => {
    const call = { role: 'assistant' as const, text: '', calls: [{ id: '1', name: 'get_time', input: '{}' }] };
    const result = { role: 'tool' as const, callId: '1', text: '12' };
    expect(called(['The time?', call, result])).toEqual([]);
    expect(called(['The time?', call, result, 'And the orders?'])).toEqual(['searchOrders']);
    expect(called(['The time?', call, result], { choice: { kind: 'required' } })).toEqual(['get_time']);
  });
});
