import Anthropic from '@anthropic-ai/sdk';
import { betaZodTool } from '@anthropic-ai/sdk/helpers/beta/zod';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aiOfFile, KEYS } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'claude-opus-4-5';
const ask = (content: string): Anthropic.MessageParam[] => [{ role: 'user', content }];
const asked = { model, max_tokens: 500, messages: ask('Tell me about compost') };

const thinks = { ...asked, max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } };
const blocks = (block: object) => ({ ...asked, messages: [{ role: 'user', content: [block] }] });

const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

function textOf({ content }: Pick<Anthropic.Message, 'content'>): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

describe('messages', () => {
  it('answer on the topic, with tokens counted', async () => {
    const message = await mocks.anthropic.messages.create(asked);
    expect(message).toMatchObject({
      type: 'message',
      role: 'assistant',
      model,
      stop_reason: 'end_turn',
      stop_sequence: null,
    });
    expect(message.id).toMatch(/^msg_01\w{22}$/);
    expect(textOf(message)).toMatch(/compost/i);
    expect(message.usage.output_tokens).toBe(countTokens(textOf(message)));
    const { input_tokens } = await mocks.anthropic.messages.countTokens({ model, messages: asked.messages });
    expect(message.usage.input_tokens).toBe(input_tokens);
  });

  it('stream their events in order, from which the SDK makes the same message', async () => {
    const types: string[] = [];
    for await (const { type } of await mocks.anthropic.messages.create({ ...asked, stream: true })) types.push(type);
    expect(types.slice(0, 3)).toEqual(['message_start', 'content_block_start', 'content_block_delta']);
    expect(types.slice(-3)).toEqual(['content_block_stop', 'message_delta', 'message_stop']);
    expect(mocks.calls.at(-1)?.sent).toContain('event: ping\n');
    const seen: string[] = [];
    const stream = mocks.anthropic.messages.stream(asked).on('text', (delta) => seen.push(delta));
    const final = await stream.finalMessage();
    expect(seen.join('')).toBe(await stream.finalText());
    const { content, stop_reason, usage } = await mocks.anthropic.messages.create(asked);
    expect(final.content).toMatchObject(content);
    expect([final.stop_reason, final.usage.output_tokens]).toEqual([stop_reason, usage.output_tokens]);
  });

  it('end at max_tokens and at stop sequences, and say at which', async () => {
    const cut = await mocks.anthropic.messages.create({ ...asked, max_tokens: 4 });
    expect([cut.stop_reason, cut.usage.output_tokens]).toEqual(['max_tokens', 4]);
    const stopped = await mocks.anthropic.messages.create({ ...asked, stop_sequences: ['nowhere', '. '] });
    expect(stopped).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: '. ' });
    expect(textOf(stopped)).not.toContain('. ');
    const streamed = await mocks.anthropic.messages.stream({ ...asked, stop_sequences: ['. '] }).finalMessage();
    expect(streamed).toMatchObject({ stop_reason: 'stop_sequence', stop_sequence: '. ' });
  });

  it('take systems, blocks and pictures, and go on from what the assistant has begun', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const image = {
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: 'image/png' as const, data: png },
    };
    const content = [{ type: 'text' as const, text: 'Is it nice?' }, image];
    const chosen = await mocks.anthropic.messages.create({
      model,
      max_tokens: 10,
      system: [{ type: 'text', text: 'Answer with either yes or no.' }],
      messages: [{ role: 'user', content }],
    });
    expect(['yes', 'no']).toContain(textOf(chosen));
    const prefilled = [
      ...ask('The keys "name" and "price" of a mug as JSON'),
      { role: 'assistant' as const, content: '{' },
    ];
    const rest = textOf(await mocks.anthropic.messages.create({ model, max_tokens: 500, messages: prefilled }));
    expect(Object.keys(JSON.parse(`{${rest}`))).toEqual(['name', 'price']);
    for (const begun of ['{"name":', '{"name": "Tea", "pri', '[{"name": "Tea"']) {
      const messages = [...ask('The name and price of a mug as JSON'), { role: 'assistant' as const, content: begun }];
      const stream = mocks.anthropic.messages.stream({ model, max_tokens: 500, messages });
      expect(JSON.stringify(JSON.parse(begun + (await stream.finalText())))).toMatch(/"name":/);
    }
  });

  it('read documents that are sent as text', async () => {
    const data = 'The shop sold 40 mugs. It rained. Most mugs were blue mugs, and more blue mugs are ordered.';
    const document = {
      type: 'document' as const,
      source: { type: 'text' as const, media_type: 'text/plain' as const, data },
    };
    const content = [document, { type: 'text' as const, text: 'Summarize it in one sentence.' }];
    const message = await mocks.anthropic.messages.create({ ...asked, messages: [{ role: 'user', content }] });
    expect(textOf(message)).toBe('Most mugs were blue mugs, and more blue mugs are ordered.');
  });

  it('think first where they are told to', async () => {
    const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
    const message = await mocks.anthropic.messages.stream({ ...asked, max_tokens: 2000, thinking }).finalMessage();
    expect(message.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    const [thought] = message.content;
    expect(thought).toMatchObject({ signature: expect.stringMatching(/^\w{64}$/) });
    const thinks = thought?.type === 'thinking' ? countTokens(thought.thinking) : 0;
    expect(message.usage.output_tokens).toBe(thinks + countTokens(textOf(message)));
  });

  it('fill a schema', async () => {
    const Mug = z.object({
      color: z.enum(['red', 'blue']),
      price: z.number().min(1).max(3),
      sku: z.string().regex(/^[A-Z]{2}, \d{3}$/),
      tags: z.array(z.string()).max(1),
    });
    const message = await mocks.anthropic.messages.parse({
      ...asked,
      messages: ask('A blue mug'),
      output_config: { format: zodOutputFormat(Mug) },
    });
    expect(Mug.parse(message.parsed_output)).toMatchObject({ color: 'blue' });
  });
});

describe('tools', () => {
  it('are called once with valid input, and then answered', async () => {
    const messages = ask('What is the weather in Lima?');
    const first = await mocks.anthropic.messages.create({ ...asked, messages, tools: [weather] });
    expect(first.stop_reason).toBe('tool_use');
    const [use] = first.content;
    if (use?.type !== 'tool_use') throw new Error('no use');
    expect(use).toMatchObject({
      name: 'get_weather',
      input: { city: 'Lima' },
      id: expect.stringMatching(/^toolu_01\w{22}$/),
    });
    const result = { type: 'tool_result' as const, tool_use_id: use.id, content: 'It rains.' };
    const second = await mocks.anthropic.messages.create({
      ...asked,
      messages: [...messages, { role: 'assistant', content: first.content }, { role: 'user', content: [result] }],
      tools: [weather],
    });
    expect([second.stop_reason, textOf(second)]).toEqual(['end_turn', 'According to get_weather, It rains.']);
  });

  it('follow tool_choice, streamed too', async () => {
    const time: Anthropic.Tool = { name: 'get_time', input_schema: { type: 'object', properties: {} } };
    const called = async (more: Partial<Anthropic.MessageStreamParams>): Promise<string[]> => {
      const messages = ask('The weather and the time in Rome');
      const stream = mocks.anthropic.messages.stream({ ...asked, messages, tools: [weather, time], ...more });
      const { content } = await stream.finalMessage();
      return content.flatMap((block) =>
        block.type === 'tool_use' ? [`${block.name} ${JSON.stringify(block.input)}`] : [],
      );
    };
    expect(await called({})).toEqual(['get_weather {"city":"Rome"}', 'get_time {}']);
    expect(await called({ tool_choice: { type: 'auto', disable_parallel_tool_use: true } })).toHaveLength(1);
    expect(await called({ tool_choice: { type: 'none' } })).toEqual([]);
    expect(await called({ tool_choice: { type: 'tool', name: 'get_time' } })).toEqual(['get_time {}']);
    expect((await called({ tool_choice: { type: 'any' } })).length).toBeGreaterThan(0);
  });

  it.each<Anthropic.ToolUnion>([
    { type: 'web_search_20250305', name: 'web_search' },
    { type: 'bash_20250124', name: 'bash' },
    { type: 'code_execution_20250825', name: 'code_execution' },
  ])('of type $type are none of the mock, and it says so', async (tool) => {
    const refused = await mocks.anthropic.messages.create({ ...asked, tools: [tool] }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Anthropic.BadRequestError);
    expect(String(refused)).toContain(`devenv's mock of Anthropic doesn't implement tools of type ${tool.type}.`);
    const { answer } = mocks.calls.at(-1) ?? {};
    expect(answer?.headers['x-devenv-unsupported']).toBe(`tools of type ${tool.type}`);
    expect(answer?.told.unsupported).toBe(true);
  });

  it('are carried to their end by the tool runner', async () => {
    const inputs: unknown[] = [];
    const tool = betaZodTool({
      name: 'get_population',
      description: 'How many people live in a city',
      inputSchema: z.object({ city: z.string() }),
      run: (input) => {
        inputs.push(input);
        return '{"population": 709000}';
      },
    });
    const messages = [{ role: 'user' as const, content: 'What is the population of Oslo?' }];
    const final = await mocks.anthropic.beta.messages.toolRunner({ model, max_tokens: 500, messages, tools: [tool] });
    expect(inputs).toEqual([{ city: 'Oslo' }]);
    expect(final.content[0]).toMatchObject({
      type: 'text',
      text: 'According to get_population, population is 709000.',
    });
  });
});

it('keeps conversations between turns where it is asked to', async () => {
  const thread = mocks.anthropic.beta.messages.thread({
    model,
    max_tokens: 500,
    system: 'Answer with either yes or no.',
  });
  const first = await thread.send({ role: 'user', content: 'Is tea nice?' });
  const second = await thread.send({ role: 'user', content: 'And coffee?' });
  expect(['yes', 'no']).toContain(textOf({ content: second.content as Anthropic.ContentBlock[] }));
  expect(second.usage.input_tokens).toBeGreaterThan(first.usage.input_tokens + 5);
  expect(JSON.parse(mocks.calls.at(-1)?.call.body.toString() ?? '').messages).toHaveLength(1);
  const lost = { thread: { type: 'continue' as const, previous_message_id: 'msg_none' } };
  const asked = { model, max_tokens: 5, messages: [{ role: 'user' as const, content: 'x' }], ...lost };
  await expect(mocks.anthropic.beta.messages.create(asked)).rejects.toMatchObject({
    status: 404,
    error: { error: { details: { error_code: 'thread_not_found' } } },
  });
});

it('tells rate limits that are far, streamed too', async () => {
  for (const stream of [false, true]) {
    const response = await mocks.anthropic.messages.create({ ...asked, stream }).asResponse();
    expect(Number(response.headers.get('anthropic-ratelimit-tokens-remaining'))).toBeGreaterThan(0);
    expect(response.headers.get('anthropic-ratelimit-requests-reset')).toBe('2026-01-01T00:00:00Z');
    await response.body?.cancel();
  }
});

it('lists and retrieves models', async () => {
  const ids: string[] = [];
  for await (const { id } of mocks.anthropic.models.list({ limit: 2 })) ids.push(id);
  expect(ids.length).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await mocks.anthropic.models.retrieve(ids[0] ?? '')).toMatchObject({ type: 'model', id: ids[0] });
  await expect(mocks.anthropic.models.retrieve('claude-none')).rejects.toThrow(Anthropic.NotFoundError);
});

it.each([
  [{ messages: [], model }, 'max_tokens: Field required'],
  [{ messages: [], model, max_tokens: 5 }, 'messages: at least one message is required'],
  [{ ...asked, max_tokens: 0 }, 'max_tokens: Input should be greater than or equal to 1'],
  [
    { ...asked, messages: [{ role: 'boss', content: 'x' }] },
    "messages.0.role: Input should be 'user', 'assistant' or 'system'",
  ],
  [{ ...asked, messages: [{ role: 'user' }] }, 'messages.0.content: Field required'],
  [{ ...asked, temperature: 1.5 }, 'temperature: Input should be less than or equal to 1'],
  [{ ...asked, tools: [{ name: 'x' }] }, 'tools.0.input_schema: Field required'],
  [
    { ...asked, thinking: { type: 'enabled', budget_tokens: 100 } },
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  ],
  [
    { ...asked, thinking: { type: 'enabled', budget_tokens: 1024 } },
    expect.stringMatching(/^`max_tokens` must be greater than `thinking.budget_tokens`\./),
  ],
  [
    { ...thinks, tools: [weather], tool_choice: { type: 'any' } },
    'Thinking may not be enabled when tool_choice forces tool use.',
  ],
  [{ ...thinks, temperature: 0.5 }, expect.stringMatching(/^`temperature` may only be set to 1 when thinking/)],
  [{ ...asked, tools: [weather, weather] }, 'tools: Tool names must be unique.'],
  [
    { ...asked, tools: [{ ...weather, name: 'get weather' }] },
    "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
  ],
  [{ ...asked, tool_choice: { type: 'auto' } }, 'tool_choice: may only be specified while providing tools'],
  [{ ...asked, messages: ask('') }, 'messages.0: user messages must have non-empty content'],
  [blocks({ type: 'text', text: '' }), 'messages: text content blocks must be non-empty'],
  [blocks({ type: 'text', text: ' ' }), 'messages: text content blocks must contain non-whitespace text'],
  [
    blocks({ type: 'hologram' }),
    expect.stringMatching(/^messages.0.content.0: Input tag 'hologram' found using 'type'/),
  ],
  [
    blocks({ type: 'tool_use', id: 'a', name: 'x', input: {} }),
    'messages.0.content.0: `tool_use` blocks can only be in `assistant` messages',
  ],
  [
    blocks({ type: 'image', source: { type: 'base64', media_type: 'image/bmp', data: 'AAAA' } }),
    "messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'",
  ],
  [
    blocks({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'no!' } }),
    'messages.0.content.0.image.source.base64: invalid base64 data',
  ],
  [
    { ...asked, messages: [{ role: 'assistant', content: 'x' }, ...ask('y')] },
    'messages: first message must use the "user" role',
  ],
  [
    { ...asked, messages: [...ask('x'), { role: 'assistant', content: '' }, ...ask('y')] },
    'messages.1: all messages must have non-empty content except for the optional final assistant message',
  ],
  [
    { ...asked, messages: [...ask('x'), { role: 'assistant', content: 'Well, ' }] },
    'messages: final assistant content cannot end with trailing whitespace',
  ],
  [{ ...asked, max_token: 1 }, 'max_token: Extra inputs are not permitted'],
])('answers a bad body as Anthropic does: %j', async (body, message) => {
  const refused = await mocks.anthropic.post('/v1/messages', { body }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Anthropic.BadRequestError);
  expect((refused as InstanceType<typeof Anthropic.APIError>).error).toMatchObject({
    type: 'error',
    error: { type: 'invalid_request_error', message },
  });
  expect((refused as InstanceType<typeof Anthropic.APIError>).requestID).toMatch(/^req_\w{24}$/);
});

it('refuses other keys, and says what it lacks', async () => {
  const options = { baseURL: mocks.anthropic.baseURL, maxRetries: 0 };
  const other = new Anthropic({ ...options, apiKey: 'sk-ant-other' });
  await expect(other.messages.create(asked)).rejects.toThrow(Anthropic.AuthenticationError);
  const bearer = new Anthropic({ ...options, apiKey: null, authToken: KEYS.anthropic });
  expect((await bearer.messages.create(asked)).stop_reason).toBe('end_turn');
  const refused = await mocks.anthropic.messages.batches.list().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Anthropic.NotFoundError);
  expect((refused as InstanceType<typeof Anthropic.APIError>).headers?.get('x-devenv-unsupported')).toBe(
    'GET /v1/messages/batches',
  );
  expect(String(refused)).toContain("devenv's mock of Anthropic doesn't implement GET /v1/messages/batches.");
  await expect(mocks.anthropic.get('/v1/massages')).rejects.toThrow(/"Not found"/);
});
