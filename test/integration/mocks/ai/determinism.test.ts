import { expect, it } from 'vitest';
import { createAi } from '../../../../src/mocks/ai/ai.ts';
import type { AiOptions } from '../../../../src/mocks/ai/options.ts';
import type { Change } from '../../../../src/mocks/ai/state.ts';
import { VirtualClock } from '../../../../src/mocks/clock.ts';
import { aiOptions, KEYS, type ServedAi, serveAi } from '../../../support/ai-mocks.ts';

const tool = {
  name: 'find',
  description: 'Finds',
  parameters: { type: 'object', properties: { what: { type: 'string' } } },
};
const messages = [{ role: 'user', content: 'Find a mug of 2025 for anna@example.com' }];
const schema = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, when: { type: 'string', format: 'date-time' } },
};

/** One of each: path, body. Without a body it is a GET. */
const CALLS: readonly (readonly [string, unknown?])[] = [
  ['/openai/v1/models'],
  ['/openai/v1/chat/completions', { model: 'gpt-4o', messages, n: 2 }],
  ['/openai/v1/chat/completions', { model: 'gpt-4o', messages, stream: true, stream_options: { include_usage: true } }],
  [
    '/openai/v1/chat/completions',
    { model: 'gpt-4o', messages, tools: [{ type: 'function', function: tool }], stream: true },
  ],
  [
    '/openai/v1/chat/completions',
    { model: 'gpt-4o', messages, response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } },
  ],
  ['/openai/v1/responses', { model: 'gpt-4o', input: 'On tea' }],
  ['/openai/v1/responses', { model: 'gpt-4o', input: 'On tea', stream: true }],
  ['/openai/v1/embeddings', { model: 'text-embedding-3-small', input: ['a', 'b'], encoding_format: 'base64' }],
  ['/openai/v1/moderations', { input: 'x' }],
  ['/openai/v1/nothing', {}],
  ['/anthropic/v1/models'],
  ['/anthropic/v1/messages', { model: 'claude-opus-4-5', max_tokens: 100, messages }],
  ['/anthropic/v1/messages', { model: 'claude-opus-4-5', max_tokens: 100, messages, stream: true }],
  [
    '/anthropic/v1/messages',
    { model: 'claude-opus-4-5', max_tokens: 100, messages, tools: [{ name: 'find', input_schema: tool.parameters }] },
  ],
  ['/anthropic/v1/messages/count_tokens', { model: 'claude-opus-4-5', messages }],
  ['/anthropic/v1/messages', { model: 'claude-opus-4-5' }],
];

const headers = {
  authorization: `Bearer ${KEYS.openai}`,
  'x-api-key': KEYS.anthropic,
  'anthropic-version': '2023-06-01',
  'content-type': 'application/json',
};

async function bytes({ url }: ServedAi, [path, body]: (typeof CALLS)[number]): Promise<string> {
  const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(url + path, request);
  const named = ['request-id', 'x-request-id'].map((name) => answer.headers.get(name));
  return `${answer.status} ${named} ${await answer.text()}`;
}

async function all(changed: Partial<AiOptions>): Promise<string[]> {
  await using served = await serveAi(changed);
  const answers: string[] = [];
  for (const call of CALLS) answers.push(await bytes(served, call));
  return answers;
}

const start = Date.UTC(2026, 4, 1);

it('gives the same bytes for the same calls, seed and clock, and others for another seed', async () => {
  const first = await all({ seed: 'a', clock: new VirtualClock(start) });
  expect(await all({ seed: 'a', clock: new VirtualClock(start) })).toEqual(first);
  const other = await all({ seed: 'b', clock: new VirtualClock(start) });
  expect(other.filter((answer, index) => answer === first[index])).toEqual([]);
  expect(first.map((answer) => answer.slice(0, 3))).toEqual(
    CALLS.map(([path, body]) =>
      path.endsWith('nothing') ? '404' : path.endsWith('messages') && JSON.stringify(body).length < 40 ? '400' : '200',
    ),
  );
});

it('goes on where it was from the changes it told, all of them or the fewest', async () => {
  const told: Change[] = [];
  const options = (): Partial<AiOptions> => ({ seed: 3, budget: { tokens: 1000 }, clock: new VirtualClock(start) });
  await using first = await serveAi({ ...options(), remember: (change) => told.push(change) });
  for (const call of CALLS) await bytes(first, call);
  const [all, few] = [[...told], first.ai.changes()];
  expect(few.length).toBeLessThan(all.length);
  const stored = told.find((change) => change.kind === 'stored');
  if (stored?.kind !== 'stored') throw new Error('nothing is stored');
  const next = [
    '/openai/v1/responses',
    { model: 'gpt-4o', input: 'More', previous_response_id: stored.kept.response.id },
  ] as const;
  const continued = async (changes: readonly Change[]): Promise<string[]> => {
    const clock = new VirtualClock(start + CALLS.length);
    await using served = await serveAi({ ...options(), clock });
    for (const change of changes) served.ai.replay(JSON.parse(JSON.stringify(change)) as Change);
    expect(served.ai.changes()).toEqual(few);
    return [await bytes(served, next), await bytes(served, CALLS[1] as (typeof CALLS)[number])];
  };
  const went = [await bytes(first, next), await bytes(first, CALLS[1] as (typeof CALLS)[number])];
  expect(await continued(all)).toEqual(went);
  expect(await continued(few)).toEqual(went);
});

it('is there in a few milliseconds: the tokenizer is loaded by the first call that counts', () => {
  const before = performance.now();
  createAi(aiOptions());
  expect(performance.now() - before).toBeLessThan(50);
});
