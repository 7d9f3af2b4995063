import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { aiOfFile, KEYS } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'gpt-4o';
const messages = [{ role: 'user' as const, content: 'hi' }];

it('refuses any key but the minted one, and repeats none', async () => {
  const other = new OpenAI({ baseURL: mocks.openai.baseURL, apiKey: 'sk-other-0123456789', maxRetries: 0 });
  const refused = await other.models.list().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenAI.AuthenticationError);
  expect(refused).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' });
  expect(String(refused)).not.toContain('0123456789');
  expect((await fetch(`${mocks.openai.baseURL}/models`)).status).toBe(401);
});

it.each([
  [{ messages }, 'you must provide a model parameter', null, null],
  [{ model }, "Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter'],
  [{ model, messages: [] }, /empty array/, 'messages', 'empty_array'],
  [{ model, messages: 'hi' }, /Invalid type for 'messages'/, 'messages', 'invalid_type'],
  [{ model, messages: [{ role: 'boss', content: 'x' }] }, /Invalid value: 'boss'/, 'messages[0].role', 'invalid_value'],
  [{ model, messages: [{ role: 'user', content: 5 }] }, /messages\[0\].content/, 'messages[0].content', 'invalid_type'],
  [
    { model, messages, temperature: 3 },
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
    'temperature',
    'decimal_above_maximum_value',
  ],
  [{ model, messages, max_tokens: 0 }, /below minimum value/, 'max_tokens', 'integer_below_minimum_value'],
  [{ model, messages, n: 'two' }, /expected an integer, but got a string/, 'n', 'invalid_type'],
  [{ model, messages, max_token: 5 }, "Unknown parameter: 'max_token'.", 'max_token', 'unknown_parameter'],
  [
    { model: 'o3', messages, logprobs: true },
    "Unsupported parameter: 'logprobs' is not supported with this model.",
    'logprobs',
    'unsupported_parameter',
  ],
  [{ model, messages, top_logprobs: 2 }, /only allowed when 'logprobs' is enabled/, 'top_logprobs', null],
  [{ model, messages, logprobs: true, top_logprobs: 21 }, /<= 20/, 'top_logprobs', 'integer_above_maximum_value'],
  [{ model, messages, tool_choice: 'auto' }, /only allowed when 'tools'/, 'tool_choice', null],
  [{ model, messages, stop: ['a', 'b', 'c', 'd', 'e'] }, /array too long/, 'stop', 'array_above_max_length'],
  [
    { model, messages, response_format: { type: 'json_schema' } },
    /json_schema/,
    'response_format.json_schema',
    'missing_required_parameter',
  ],
  [
    { model, messages, response_format: { type: 'json_object' } },
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    'messages',
    null,
  ],
  [
    { model, messages, response_format: { type: 'json_schema', json_schema: { name: 'a b', schema: {} } } },
    /string does not match pattern/,
    'response_format.json_schema.name',
    'invalid_value',
  ],
  [
    { model: 'o4-mini', messages, max_tokens: 5 },
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    'max_tokens',
    'unsupported_parameter',
  ],
  [
    { model: 'gpt-5', messages, temperature: 0.5 },
    "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
    'temperature',
    'unsupported_value',
  ],
  [
    { model, messages, reasoning_effort: 'low' },
    "Unsupported parameter: 'reasoning_effort' is not supported with this model.",
    'reasoning_effort',
    'unsupported_parameter',
  ],
  [
    { model, messages: [{ role: 'user', content: [{ type: 'hologram' }] }] },
    /Invalid value: 'hologram'/,
    'messages[0].content[0].type',
    'invalid_value',
  ],
  [{ model, messages, logit_bias: { 50256: 200 } }, /<= 100/, 'logit_bias.50256', 'decimal_above_maximum_value'],
  [{ model, messages, metadata: { a: 1 } }, /expected a string, but got an integer/, 'metadata.a', 'invalid_type'],
])('answers a bad body as OpenAI does: %j', async (body, message, param, code) => {
  const refused = await mocks.openai.post('/chat/completions', { body }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
  expect(refused).toMatchObject({ status: 400, param, code, type: 'invalid_request_error' });
  expect((refused as InstanceType<typeof OpenAI.APIError>).error).toMatchObject({
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

it.each([
  [{ a: { $ref: '#/$defs/none' } }, "reference to component '#/$defs/none' which was not found in the schema."],
  [{ a: { type: 'array' } }, 'array schema missing items.'],
  [{ a: {} }, "schema must have a 'type' key."],
])('refuses of strict schemas %j', async (properties, what) => {
  const schema = { type: 'object', properties, required: ['a'], additionalProperties: false };
  const response_format = { type: 'json_schema' as const, json_schema: { name: 'x', strict: true, schema } };
  await expect(mocks.openai.chat.completions.create({ model, messages, response_format })).rejects.toThrow(
    `400 Invalid schema for response_format 'x': In context=('properties', 'a'), ${what}`,
  );
});

it('refuses a schema that no value fits', async () => {
  const endless = { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'], additionalProperties: false };
  for (const schema of [endless, { type: 'number', minimum: 5, maximum: 4 }]) {
    const response_format = { type: 'json_schema' as const, json_schema: { name: 'x', schema } };
    await expect(mocks.openai.chat.completions.create({ model, messages, response_format })).rejects.toThrow(
      /^400 Invalid schema for response_format 'x': /,
    );
  }
  expect(mocks.failures).toEqual([]);
});

it('refuses of responses what is nothing, and JSON that is not asked for', async () => {
  const create = (body: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>) =>
    mocks.openai.responses.create({ model, ...body });
  await expect(create({ input: [] })).rejects.toMatchObject({ code: 'missing_required_parameter', param: 'input' });
  await expect(create({ input: 'hi', text: { format: { type: 'json_object' } } })).rejects.toThrow(
    "400 Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
  );
});

it('refuses models that are for something else', async () => {
  const embeddings = mocks.openai.embeddings.create({ model, input: 'x' });
  await expect(embeddings).rejects.toThrow('403 You are not allowed to generate embeddings from this model');
  const chat = mocks.openai.chat.completions.create({ model: 'text-embedding-3-small', messages });
  await expect(chat).rejects.toThrow('404 This is not a chat model');
});

it('tells a body that is no JSON, a path that is none, and a method that is wrong', async () => {
  const headers = { authorization: `Bearer ${KEYS.openai}` };
  const broken = await fetch(`${mocks.openai.baseURL}/chat/completions`, { method: 'POST', headers, body: '{' });
  expect(await broken.json()).toMatchObject({ error: { message: expect.stringMatching(/could not parse the JSON/) } });
  const method = await fetch(`${mocks.openai.baseURL}/embeddings`, { headers });
  expect([method.status, await method.json()]).toMatchObject([405, { error: { code: 'method_not_supported' } }]);
  await expect(mocks.openai.get('/nothing')).rejects.toThrow('404 Invalid URL (GET /v1/nothing)');
  expect(mocks.calls.at(-1)?.answer.told.unsupported).toBeUndefined();
});

it('says so where the mock lacks what OpenAI has', async () => {
  const refused = await mocks.openai.images.generate({ prompt: 'x' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(OpenAI.NotFoundError);
  expect((refused as InstanceType<typeof OpenAI.APIError>).headers?.get('x-devenv-unsupported')).toBe(
    'POST /v1/images/generations',
  );
  expect(mocks.calls.at(-1)?.answer.told.unsupported).toBe(true);
  const { openai } = mocks;
  const lacking: [() => Promise<unknown>, string][] = [
    [() => openai.responses.compact({ model, input: 'x' }), 'POST /v1/responses/compact'],
    [() => openai.chat.completions.retrieve('chatcmpl-1'), 'GET /v1/chat/completions/chatcmpl-1'],
    [() => openai.chat.completions.list(), 'GET /v1/chat/completions'],
    [() => openai.vectorStores.list(), 'GET /v1/vector_stores'],
    [() => openai.conversations.create(), 'POST /v1/conversations'],
  ];
  for (const [ask, what] of lacking) {
    await expect(ask()).rejects.toMatchObject({
      message: `404 devenv's mock of OpenAI doesn't implement ${what}.`,
      code: 'devenv_unsupported',
    });
  }
  const functions = [{ name: 'f' }];
  await expect(mocks.openai.chat.completions.create({ model, messages, functions })).rejects.toMatchObject({
    status: 400,
    code: 'devenv_unsupported',
    param: 'functions',
  });
  expect(mocks.calls.at(-1)?.answer.headers['x-devenv-unsupported']).toBe('the parameter functions');
});

it('tells rate limits that are far, streamed too', async () => {
  for (const stream of [false, true]) {
    const response = await mocks.openai.chat.completions.create({ model, messages, stream }).asResponse();
    expect(response.headers.get('x-ratelimit-limit-tokens')).toBe('2000000');
    expect(Number(response.headers.get('x-ratelimit-remaining-requests'))).toBeGreaterThan(0);
    await response.body?.cancel();
  }
});

it('tells what each call was and what tokens it took', async () => {
  const chat = await mocks.openai.chat.completions.create({ model, messages });
  expect(mocks.calls.at(-1)?.answer.told).toEqual({
    summary: 'chat gpt-4o',
    tokens: { input: chat.usage?.prompt_tokens, output: chat.usage?.completion_tokens },
  });
  expect(mocks.failures).toEqual([]);
});
