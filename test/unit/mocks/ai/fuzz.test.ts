import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAi } from '../../../../src/mocks/ai/ai.ts';
import type { Call } from '../../../../src/mocks/provider.ts';
import { aiOptions, KEYS } from '../../../support/ai-mocks.ts';

const ai = createAi(aiOptions());
const headers = {
  authorization: `Bearer ${KEYS.openai}`,
  'x-api-key': KEYS.anthropic,
  'anthropic-version': '2023-06-01',
};
const schema = {
  type: 'object',
  properties: { a: { type: 'string', pattern: '^a+$' }, b: { type: 'array', items: { enum: [1, 2] } } },
};
const messages = [
  { role: 'system', content: 'Be brief' },
  { role: 'user', content: [{ type: 'text', text: 'Find a mug' }] },
];
const openaiTool = { type: 'function', function: { name: 'find', parameters: schema, strict: false } };

/** Requests that are right. */
const BODIES: readonly (readonly ['openai' | 'anthropic', string, unknown])[] = [
  [
    'openai',
    '/v1/chat/completions',
    { model: 'gpt-4o', messages, tools: [openaiTool], tool_choice: 'auto', stop: ['x'] },
  ],
  [
    'openai',
    '/v1/chat/completions',
    {
      model: 'gpt-4o',
      messages,
      stream: true,
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
    },
  ],
  [
    'openai',
    '/v1/responses',
    {
      model: 'gpt-4o',
      input: [{ role: 'user', content: 'x' }],
      text: { format: { type: 'json_schema', name: 'x', schema } },
    },
  ],
  [
    'openai',
    '/v1/responses',
    { model: 'gpt-4o', input: 'x', tools: [{ type: 'function', name: 'find', parameters: schema }], stream: true },
  ],
  ['openai', '/v1/embeddings', { model: 'text-embedding-3-small', input: ['a'], dimensions: 5 }],
  ['openai', '/v1/moderations', { input: 'x' }],
  [
    'anthropic',
    '/v1/messages',
    {
      model: 'claude-opus-4-5',
      max_tokens: 50,
      messages: messages.slice(1),
      system: 'x',
      tools: [{ name: 'find', input_schema: schema }],
      tool_choice: { type: 'any' },
    },
  ],
  [
    'anthropic',
    '/v1/messages',
    {
      model: 'claude-opus-4-5',
      max_tokens: 50,
      messages: messages.slice(1),
      stream: true,
      thread: { type: 'create' },
      output_config: { format: { type: 'json_schema', schema } },
    },
  ],
  ['anthropic', '/v1/messages/count_tokens', { model: 'claude-opus-4-5', messages: messages.slice(1) }],
];

/** All places in a value. */
function places(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...at, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const wrong = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    -1,
    1.5,
    '',
    [],
    {},
    [null],
    '(',
    { type: 5 },
    { $ref: '#/%' },
    { enum: [] },
    { required: 5 },
    { properties: null },
    { patternProperties: { '(': {} } },
    { allOf: [{ type: 'string' }, 5] },
    { anyOf: [] },
    { minItems: 'x', type: 'array' },
  ),
);
const requests = fc.constantFrom(...BODIES).chain(([provider, path, body]) =>
  fc.record({
    provider: fc.constant(provider),
    path: fc.constant(path),
    body: fc.tuple(fc.constantFrom(...places(body)), wrong).map(([place, by]) => replaced(body, place, by)),
  }),
);

async function answered(
  provider: 'openai' | 'anthropic',
  call: Pick<Call, 'path' | 'body'>,
): Promise<{ status: number; text: string }> {
  const answer = await ai[provider].answer({ method: 'POST', query: new URLSearchParams(), headers, ...call });
  let text = '';
  for await (const { data } of answer.parts) text += data;
  return { status: answer.status, text };
}

it('answers whatever it is sent, and refuses in the shape of the provider', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ provider, path, body }) => {
      const { status, text } = await answered(provider, { path, body: Buffer.from(JSON.stringify(body)) });
      expect([200, 400, 404]).toContain(status);
      if (status !== 200)
        expect(JSON.parse(text)).toMatchObject({ error: { message: expect.any(String), type: expect.any(String) } });
    }),
    { numRuns: 1500 },
  );
}, 60_000);

it('answers bodies that are no JSON', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.constantFrom(...BODIES), async (bytes, [provider, path]) => {
      expect((await answered(provider, { path, body: Buffer.from(bytes) })).status).toBe(400);
    }),
    { numRuns: 100 },
  );
});
