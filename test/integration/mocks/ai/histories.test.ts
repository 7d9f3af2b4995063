import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

describe('chat completions', () => {
  const asked = { role: 'user' as const, content: 'The weather in Oslo and Rome' };
  const call = (id: string) => ({ id, type: 'function' as const, function: { name: 'weather', arguments: '{}' } });
  const called = (...ids: string[]) => ({ role: 'assistant' as const, content: null, tool_calls: ids.map(call) });
  const result = (tool_call_id: string) => ({ role: 'tool' as const, tool_call_id, content: 'rain' });
  const create = (...messages: OpenAI.ChatCompletionMessageParam[]) =>
    mocks.openai.chat.completions.create({ model: 'gpt-4o', messages });
  const unanswered = (...ids: string[]) =>
    "400 An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
    `The following tool_call_ids did not have response messages: ${ids.join(', ')}`;

  it('take calls whose results follow them, in any order', async () => {
    const { choices } = await create(asked, called('a', 'b'), result('b'), result('a'));
    expect(choices[0]?.message.content).toMatch(/According to weather/);
    await create(asked, called('a'), result('a'), asked, called('a'), result('a'), asked);
  });

  it.each<[string, OpenAI.ChatCompletionMessageParam[], string, string]>([
    [
      'a result of no call',
      [asked, result('a')],
      "400 Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      'messages.[1].role',
    ],
    [
      'a result of another call',
      [asked, called('a'), result('x')],
      "400 Invalid parameter: 'tool_call_id' of 'x' not found in 'tool_calls' of previous message.",
      'messages.[2].tool_call_id',
    ],
    ['no result', [asked, called('a', 'b'), result('a')], unanswered('b'), 'messages.[3].role'],
    ['something between', [asked, called('a', 'b'), asked, result('a')], unanswered('a', 'b'), 'messages.[2].role'],
    [
      'no calls',
      [asked, called()],
      "400 Invalid 'messages[1].tool_calls': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages[1].tool_calls',
    ],
  ])('refuse %s', async (_, messages, message, param) => {
    const refused = await create(...messages).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
    expect(refused).toMatchObject({ message, param, type: 'invalid_request_error' });
  });
});

describe('responses', () => {
  const model = 'gpt-4o';
  const tools: OpenAI.Responses.Tool[] = [{ type: 'function', name: 'weather', strict: false, parameters: {} }];
  const call = { type: 'function_call' as const, call_id: 'a', name: 'weather', arguments: '{}' };
  const output = { type: 'function_call_output' as const, call_id: 'a', output: 'rain' };
  const create = (...input: OpenAI.Responses.ResponseInput) => mocks.openai.responses.create({ model, tools, input });

  it('take a call with its output', async () => {
    expect((await create({ role: 'user', content: 'Weather?' }, call, output)).output_text).toMatch(/According to/);
  });

  it('refuse an output of no call, and a call without an output', async () => {
    const stray = await create({ role: 'user', content: 'Weather?' }, output).catch((error: unknown) => error);
    expect(stray).toMatchObject({
      message: '400 No tool call found for function call output with call_id a.',
      param: 'input',
    });
    await expect(create(call)).rejects.toThrow('400 No tool output found for function call a.');
  });

  it('refuse to go on from a response whose call was not answered', async () => {
    const first = await mocks.openai.responses.create({ model, input: 'The weather', tools, tool_choice: 'required' });
    const [called] = first.output;
    const id = called?.type === 'function_call' ? called.call_id : '';
    const next = { model, input: 'And now?', previous_response_id: first.id };
    await expect(mocks.openai.responses.create(next)).rejects.toThrow(`No tool output found for function call ${id}.`);
    await mocks.openai.responses.create({ ...next, input: [{ ...output, call_id: id }] });
  });
});

describe('messages', () => {
  const asked = { role: 'user' as const, content: 'The weather in Oslo and Rome' };
  const use = (id: string) => ({ type: 'tool_use' as const, id, name: 'weather', input: {} });
  const used = (...ids: string[]) => ({ role: 'assistant' as const, content: ids.map(use) });
  const result = (id: string) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'rain' });
  const text = { type: 'text' as const, text: 'So?' };
  const user = (...content: Anthropic.ContentBlockParam[]) => ({ role: 'user' as const, content });
  const create = (...messages: Anthropic.MessageParam[]) =>
    mocks.anthropic.messages.create({ model: 'claude-opus-4-5', max_tokens: 100, messages });
  const unanswered = (index: number, ...ids: string[]) =>
    `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(', ')}. ` +
    'Each `tool_use` block must have a corresponding `tool_result` block in the next message.';
  const unexpected = (at: string, id: string) =>
    `${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. ` +
    'Each `tool_result` block must have a corresponding `tool_use` block in the previous message.';

  it('take uses whose results are in the next message, also where that is sent in two', async () => {
    await create(asked, used('a', 'b'), user(result('b'), result('a'), text));
    await create(asked, used('a', 'b'), user(result('b')), user(result('a')));
  });

  it.each<[string, Anthropic.MessageParam[], string]>([
    ['no result', [asked, used('a', 'b'), user(result('a'))], unanswered(1, 'b')],
    ['a text instead', [asked, used('a'), asked], unanswered(1, 'a')],
    ['a text before the result', [asked, used('a'), user(text, result('a'))], unanswered(1, 'a')],
    ['nothing behind', [asked, used('a')], unanswered(1, 'a')],
    ['a result of no use', [asked, used('a'), user(result('a'), result('x'))], unexpected('messages.2.content.1', 'x')],
    ['a result at the start', [user(result('a'))], unexpected('messages.0.content.0', 'a')],
    [
      'two results',
      [asked, used('a'), user(result('a'), result('a'))],
      'messages.2.content.1: each tool_use must have a single result. Found multiple `tool_result` blocks with id: a',
    ],
    ['one id twice', [asked, used('a', 'a'), user(result('a'))], 'messages.1.content.1: `tool_use` ids must be unique'],
  ])('refuse %s', async (_, messages, message) => {
    const refused = await create(...messages).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Anthropic.BadRequestError);
    expect(refused).toMatchObject({ error: { error: { type: 'invalid_request_error', message } } });
  });
});
