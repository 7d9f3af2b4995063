import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'gpt-4.1-mini';

it('creates a response, which can be retrieved and deleted', async () => {
  const response = await mocks.openai.responses.create({
    model,
    input: 'Explain compost in two sentences',
    metadata: { a: 'b' },
  });
  expect(response).toMatchObject({ object: 'response', status: 'completed', model, metadata: { a: 'b' }, error: null });
  expect(response.output_text).toMatch(/compost/i);
  expect(response.usage?.total_tokens).toBe((response.usage?.input_tokens ?? 0) + (response.usage?.output_tokens ?? 0));
  const again = await mocks.openai.responses.retrieve(response.id);
  expect(again.output_text).toBe(response.output_text);
  await mocks.openai.responses.delete(response.id);
  await expect(mocks.openai.responses.retrieve(response.id)).rejects.toThrow(OpenAI.NotFoundError);
});

it('goes on from a previous response, with what was said there', async () => {
  const tools: OpenAI.Responses.Tool[] = [
    {
      type: 'function',
      name: 'find_order',
      description: '',
      strict: true,
      parameters: strictObject({ id: { type: 'integer' } }),
    },
  ];
  const first = await mocks.openai.responses.create({ model, input: 'Where is order 1234?', tools });
  const [call] = first.output;
  if (call?.type !== 'function_call') throw new Error('no call');
  expect([call.name, JSON.parse(call.arguments)]).toEqual(['find_order', { id: 1234 }]);
  const second = await mocks.openai.responses.create({
    model,
    tools,
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: call.call_id, output: '{"status":"shipped"}' }],
  });
  expect(second.output_text).toBe('According to find_order, status is shipped.');
  expect(second.previous_response_id).toBe(first.id);
  const alone = await mocks.openai.responses.create({ model, input: 'Thanks' });
  const third = await mocks.openai.responses.create({ model, previous_response_id: second.id, input: 'Thanks' });
  expect(third.usage?.input_tokens).toBeGreaterThan((alone.usage?.input_tokens ?? 0) + 30);
  await expect(
    mocks.openai.responses.create({ model, input: 'x', previous_response_id: 'resp_none' }),
  ).rejects.toMatchObject({
    status: 400,
    code: 'previous_response_not_found',
  });
});

it('streams named events in the order of the API', async () => {
  const events: OpenAI.Responses.ResponseStreamEvent[] = [];
  for await (const event of await mocks.openai.responses.create({ model, input: 'Say hi to Bob', stream: true }))
    events.push(event);
  const types = events.map(({ type }) => type);
  expect(types.slice(0, 4)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
  ]);
  expect(types.slice(-4)).toEqual([
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ]);
  expect(new Set(types.slice(4, -4))).toEqual(new Set(['response.output_text.delta']));
  expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
  const deltas = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('');
  const last = events.at(-1);
  const [item] = last?.type === 'response.completed' ? last.response.output : [];
  expect(item?.type === 'message' && item.content[0]?.type === 'output_text' && item.content[0].text).toBe(deltas);
});

it('streams calls of functions', async () => {
  const tools: OpenAI.Responses.Tool[] = [
    {
      type: 'function',
      name: 'add',
      strict: true,
      parameters: strictObject({ a: { type: 'number' }, b: { type: 'number' } }),
    },
  ];
  const types: string[] = [];
  const stream = mocks.openai.responses.stream({ model, input: 'Add 2 and 3', tools, tool_choice: 'required' });
  stream.on('event', ({ type }) => types.push(type));
  const final = await stream.finalResponse();
  expect(final.output[0]).toMatchObject({ type: 'function_call', name: 'add', status: 'completed' });
  expect(types).toContain('response.function_call_arguments.delta');
  expect(types.indexOf('response.function_call_arguments.done')).toBeGreaterThan(
    types.lastIndexOf('response.function_call_arguments.delta'),
  );
});

it('parses structured output', async () => {
  const Event = z.object({ name: z.string(), date: z.iso.date(), guests: z.array(z.string()) });
  const asked = { model, input: 'The party on 2025-06-01', text: { format: zodTextFormat(Event, 'event') } };
  const response = await mocks.openai.responses.parse(asked);
  expect(Event.safeParse(response.output_parsed).success).toBe(true);
  expect(response.output_parsed?.date).toBe('2025-06-01');
  const streamed = await mocks.openai.responses.stream(asked).finalResponse();
  expect(streamed.output_parsed).toEqual(response.output_parsed);
});

it('tells how likely each token was, where that is included', async () => {
  const include: OpenAI.Responses.ResponseIncludable[] = ['message.output_text.logprobs'];
  const asked = { model, input: 'Explain compost', include, top_logprobs: 2 };
  const { output, top_logprobs } = await mocks.openai.responses.create(asked);
  expect(top_logprobs).toBe(2);
  const [item] = output;
  const part = item?.type === 'message' && item.content[0]?.type === 'output_text' ? item.content[0] : null;
  expect(part?.logprobs?.map(({ token }) => token).join('')).toBe(part?.text);
  const tokens: string[] = [];
  for await (const event of await mocks.openai.responses.create({ ...asked, stream: true })) {
    if (event.type === 'response.output_text.delta') tokens.push(...event.logprobs.map(({ token }) => token));
    if (event.type === 'response.output_text.done') expect(event.logprobs).toEqual(part?.logprobs);
  }
  expect(tokens).toEqual(part?.logprobs?.map(({ token }) => token));
  await expect(mocks.openai.responses.create({ ...asked, model: 'gpt-5' })).rejects.toMatchObject({
    code: 'unsupported_parameter',
    param: 'include',
  });
});

it('tells why a response is incomplete', async () => {
  const asked = { model, input: 'Write ten sentences about trains', max_output_tokens: 16 };
  const response = await mocks.openai.responses.create(asked);
  expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } });
  expect(response.usage?.output_tokens).toBe(16);
  const types: string[] = [];
  for await (const { type } of await mocks.openai.responses.create({ ...asked, stream: true })) types.push(type);
  expect(types.at(-1)).toBe('response.incomplete');
});

it('takes items, instructions and pictures, and lists the items that it was given', async () => {
  const response = await mocks.openai.responses.create({
    model,
    instructions: 'Answer with either yes or no.',
    input: [
      { role: 'user', content: 'Is tea nice?' },
      { role: 'assistant', content: 'yes' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Is coffee?' },
          { type: 'input_image', detail: 'low', image_url: 'https://example.com/a.png' },
        ],
      },
    ],
  });
  expect(['yes', 'no']).toContain(response.output_text);
  const items = [];
  for await (const item of mocks.openai.responses.inputItems.list(response.id, { limit: 2, order: 'asc' }))
    items.push(item);
  expect(items.map((item) => 'role' in item && item.role)).toEqual(['user', 'assistant', 'user']);
  expect(items[0]).toMatchObject({ content: [{ type: 'input_text', text: 'Is tea nice?' }], status: 'completed' });
  expect(items[1]).toMatchObject({ content: [{ type: 'output_text', text: 'yes' }] });
});

it('streams a stored response again, counts tokens, keeps nothing when told so', async () => {
  const response = await mocks.openai.responses.create({ model, input: 'On tea' });
  const numbers: number[] = [];
  const again = await mocks.openai.responses.retrieve(response.id, { stream: true, starting_after: 3 });
  for await (const { sequence_number } of again) numbers.push(sequence_number);
  expect(numbers[0]).toBe(4);
  const { input_tokens } = await mocks.openai.responses.inputTokens.count({ model, input: 'On tea' });
  expect(input_tokens).toBe(response.usage?.input_tokens);
  const unkept = await mocks.openai.responses.create({ model, input: 'On tea', store: false });
  await expect(mocks.openai.responses.retrieve(unkept.id)).rejects.toThrow(OpenAI.NotFoundError);
  await expect(mocks.openai.responses.cancel(response.id)).rejects.toThrow(OpenAI.BadRequestError);
});

function strictObject(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
