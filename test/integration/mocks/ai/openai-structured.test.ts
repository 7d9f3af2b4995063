import { Ajv } from 'ajv';
import type OpenAI from 'openai';
import { LengthFinishReasonError } from 'openai/core/error';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'gpt-4o';
const ask = (content: string): OpenAI.ChatCompletionMessageParam[] => [{ role: 'user', content }];

const Order = z.object({
  customer: z.object({ name: z.string(), email: z.email() }),
  lines: z
    .array(z.object({ sku: z.string().regex(/^[A-Z]{3}-\d{4}$/), quantity: z.number().int().min(1).max(9) }))
    .min(1),
  status: z.enum(['paid', 'open']),
  note: z.string().nullable(),
});

const weather: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    strict: true,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['city', 'unit'],
      additionalProperties: false,
    },
  },
};
const time: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_time', parameters: { type: 'object', properties: { zone: { type: 'string' } } } },
};

it('fills a zod schema, with what the request says where it says it', async () => {
  const chat = await mocks.openai.chat.completions.parse({
    model,
    messages: ask('The open order of Anna Smith, anna@example.org: 3 mugs'),
    response_format: zodResponseFormat(Order, 'order'),
  });
  const order = chat.choices[0]?.message.parsed;
  expect(Order.safeParse(order).success).toBe(true);
  expect(order).toMatchObject({ customer: { name: 'Anna Smith', email: 'anna@example.org' }, status: 'open' });
});

it('streams a parsed answer', async () => {
  const stream = mocks.openai.chat.completions.stream({
    model,
    messages: ask('An order of two mugs'),
    response_format: zodResponseFormat(Order, 'order'),
  });
  const final = await stream.finalChatCompletion();
  expect(Order.safeParse(final.choices[0]?.message.parsed).success).toBe(true);
});

it('is cut at the limit in the middle of JSON, which the SDK tells by its own error', async () => {
  const asked = { model, messages: ask('An order'), response_format: zodResponseFormat(Order, 'order'), max_tokens: 5 };
  await expect(mocks.openai.chat.completions.parse(asked)).rejects.toThrow(LengthFinishReasonError);
});

it('meets a recursive schema', async () => {
  const schema = {
    type: 'object',
    properties: { root: { $ref: '#/$defs/node' } },
    required: ['root'],
    additionalProperties: false,
    $defs: {
      node: {
        type: 'object',
        properties: {
          label: { type: 'string' },
          next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
          children: { type: 'array', items: { $ref: '#/$defs/node' } },
        },
        required: ['label', 'next', 'children'],
        additionalProperties: false,
      },
    },
  };
  const format = { type: 'json_schema' as const, json_schema: { name: 'tree', strict: true, schema } };
  const chat = await mocks.openai.chat.completions.create({ model, messages: ask('A tree'), response_format: format });
  const value = JSON.parse(chat.choices[0]?.message.content ?? '');
  expect(new Ajv().validate(schema, value)).toBe(true);
  expect(value.root.children.length).toBeGreaterThan(0);
});

it('gives JSON in JSON mode: by an example, by quoted names, or its own', async () => {
  const json = async (content: string): Promise<Record<string, unknown>> => {
    const asked = { model, messages: ask(content), response_format: { type: 'json_object' as const } };
    return JSON.parse((await mocks.openai.chat.completions.create(asked)).choices[0]?.message.content ?? '');
  };
  expect(await json('Answer as JSON like {"city": "x", "inhabitants": 3, "districts": ["a"]}')).toEqual({
    city: 'x',
    inhabitants: 3,
    districts: expect.any(Array),
  });
  expect(Object.keys(await json('Return JSON with "title" and "tags" for a mug'))).toEqual(['title', 'tags']);
  expect(Object.keys(await json('JSON on tea, please'))).toEqual(['title', 'answer', 'keywords']);
});

it('refuses strict schemas that OpenAI refuses', async () => {
  const parse = (schema: Record<string, unknown>): Promise<unknown> =>
    mocks.openai.chat.completions.create({
      model,
      messages: ask('x'),
      response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } },
    });
  const properties = { a: { type: 'string' } };
  await expect(parse({ type: 'object', properties, required: ['a'] })).rejects.toThrow(
    /'additionalProperties' is required/,
  );
  await expect(parse({ type: 'object', properties, additionalProperties: false })).rejects.toThrow(
    /'required' is required/,
  );
  await expect(parse({ type: 'array', items: {} })).rejects.toMatchObject({ status: 400, param: 'response_format' });
});

it('refuses a schema for which no value can be made, and takes one whose mistake does no harm', async () => {
  const schema = { type: 'object', properties: { a: { type: 'strin' } }, required: 5 };
  const json_schema = { name: 'x', schema: schema as Record<string, unknown> };
  const response_format = { type: 'json_schema' as const, json_schema };
  const asked = mocks.openai.chat.completions.create({ model, messages: ask('x'), response_format });
  await expect(asked.then(({ choices }) => choices[0]?.message.content)).resolves.toMatch(/"a"/);
  json_schema.schema = { type: 'object', patternProperties: { '(': {} }, minProperties: 1, required: ['b'] };
  await expect(mocks.openai.chat.completions.create({ model, messages: ask('x'), response_format })).rejects.toThrow(
    /Invalid schema for response_format 'x'/,
  );
});

it('calls a tool once, with valid arguments, and answers with its result', async () => {
  const messages = ask('What is the weather in Paris in celsius?');
  const first = await mocks.openai.chat.completions.create({ model, messages, tools: [time, weather] });
  const [choice] = first.choices;
  expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
  const [call] = choice?.message.tool_calls ?? [];
  if (!choice || call?.type !== 'function') throw new Error('no call');
  expect(call.id).toMatch(/^call_\w{24}$/);
  expect([call.function.name, JSON.parse(call.function.arguments)]).toEqual([
    'get_weather',
    { city: 'Paris', unit: 'celsius' },
  ]);
  const result = { role: 'tool' as const, tool_call_id: call.id, content: '{"temperature": 21, "sky": "clear"}' };
  const second = await mocks.openai.chat.completions.create({
    model,
    messages: [...messages, choice.message, result],
    tools: [time, weather],
  });
  expect(second.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { content: 'According to get_weather, temperature is 21 and sky is clear.' },
  });
});

it('follows tool_choice and parallel_tool_calls', async () => {
  const called = async (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>): Promise<string[]> => {
    const messages = ask('Tell me the weather and the time in Rome');
    const chat = await mocks.openai.chat.completions.create({ model, messages, tools: [time, weather], ...more });
    return (chat.choices[0]?.message.tool_calls ?? [])
      .map((call) => ('function' in call ? call.function.name : ''))
      .sort();
  };
  expect(await called({})).toEqual(['get_time', 'get_weather']);
  expect(await called({ parallel_tool_calls: false })).toHaveLength(1);
  expect(await called({ tool_choice: 'none' })).toEqual([]);
  expect(await called({ tool_choice: 'required', parallel_tool_calls: false })).toHaveLength(1);
  expect(await called({ tool_choice: { type: 'function', function: { name: 'get_time' } } })).toEqual(['get_time']);
});

it('calls no tool for small talk, and one for each city that is asked about', async () => {
  const called = async (content: string, more = {}): Promise<string[]> => {
    const chat = await mocks.openai.chat.completions.create({
      model,
      messages: ask(content),
      tools: [weather],
      ...more,
    });
    return (chat.choices[0]?.message.tool_calls ?? []).map((call) =>
      'function' in call ? JSON.parse(call.function.arguments).city : '',
    );
  };
  for (const said of ['hi', 'Thank you, that is all!', 'A joke about cats']) expect(await called(said)).toEqual([]);
  expect(await called('How warm is it in Paris and London?')).toEqual(['Paris', 'London']);
  expect(await called('How warm is it in Paris and London?', { parallel_tool_calls: false })).toEqual(['Paris']);
});

it('streams calls of tools in pieces, which the SDK puts together', async () => {
  const stream = mocks.openai.chat.completions.stream({
    model,
    messages: ask('The weather in Oslo, and the time in Oslo'),
    tools: [time, weather],
  });
  const { choices } = await stream.finalChatCompletion();
  const calls = choices[0]?.message.tool_calls ?? [];
  expect(calls.map((call) => [call.function.name, typeof JSON.parse(call.function.arguments)])).toEqual([
    ['get_time', 'object'],
    ['get_weather', 'object'],
  ]);
  expect(choices[0]?.finish_reason).toBe('tool_calls');
});

it('carries runTools to its end', async () => {
  const asked: unknown[] = [];
  const Place = z.object({ city: z.string() });
  const tool = zodFunction({
    name: 'get_population',
    description: 'How many people live in a city',
    parameters: Place,
    function: (input) => {
      asked.push(input);
      return { population: 709_000 };
    },
  });
  const runner = mocks.openai.chat.completions.runTools({
    model,
    messages: ask('What is the population of Oslo?'),
    tools: [tool],
  });
  expect(await runner.finalContent()).toBe('According to get_population, population is 709000.');
  expect(asked).toEqual([{ city: 'Oslo' }]);
});
