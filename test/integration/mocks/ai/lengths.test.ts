import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

/** So many tokens. */
const words = (count: number): string => 'word '.repeat(count).trimEnd();
const ask = (content: string) => [{ role: 'user' as const, content }];

describe('chat completions', () => {
  const create = (model: string, content: string, more: Partial<OpenAI.ChatCompletionCreateParams> = {}) =>
    mocks.openai.chat.completions.create({ model, messages: ask(content), ...more, stream: false });

  it.each([
    [
      'gpt-4o',
      128_000,
      {},
      "400 This model's maximum context length is 128000 tokens. However, your messages resulted in 128007 tokens. " +
        'Please reduce the length of the messages.',
    ],
    [
      'gpt-4',
      8_000,
      { max_tokens: 1_000 },
      "400 This model's maximum context length is 8192 tokens. However, you requested 9007 tokens (8007 in the messages, " +
        '1000 in the completion). Please reduce the length of the messages or completion.',
    ],
    [
      'gpt-5',
      272_000,
      {},
      '400 Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 272007 tokens. ' +
        'Please reduce the length of the messages.',
    ],
  ])('of %s refuse more than it takes', async (model, count, more, message) => {
    const refused = await create(model, words(count), more).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.BadRequestError);
    expect(refused).toMatchObject({ message, code: 'context_length_exceeded', param: 'messages' });
    expect(mocks.calls.at(-1)?.answer.told.tokens).toBeUndefined();
  });

  it('take what just fits', async () => {
    expect((await create('gpt-4', words(8_185))).usage?.prompt_tokens).toBe(8_192);
  });

  it.each(['max_tokens', 'max_completion_tokens'])('refuse %s that no answer could have', async (name) => {
    await expect(create('gpt-4o', 'hi', { [name]: 1e9 })).rejects.toMatchObject({
      message:
        `400 ${name} is too large: 1000000000. This model supports at most 16384 completion tokens, ` +
        'whereas you provided 1000000000.',
      param: name,
      code: 'invalid_value',
    });
  });
});

describe('responses', () => {
  const model = 'gpt-4o';

  it('refuse more than the model takes, unless it is to be shortened', async () => {
    const input = words(128_000);
    const refused = await mocks.openai.responses.create({ model, input }).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      message: '400 Your input exceeds the context window of this model. Please adjust your input and try again.',
      code: 'context_length_exceeded',
      param: 'input',
    });
    expect((await mocks.openai.responses.create({ model, input, truncation: 'auto' })).status).toBe('completed');
  });

  it('refuse more answer than there could be', async () => {
    await expect(mocks.openai.responses.create({ model, input: 'x', max_output_tokens: 1e9 })).rejects.toMatchObject({
      code: 'integer_above_maximum_value',
      param: 'max_output_tokens',
    });
  });
});

describe('messages', () => {
  const create = (model: string, content: string, max_tokens: number, betas: string[] = []) =>
    mocks.anthropic.beta.messages.create({ model, messages: ask(content), max_tokens, betas });

  it.each([
    ['claude-opus-4-5', 200_000, 10, 'prompt is too long: 200007 tokens > 200000 maximum'],
    [
      'claude-opus-4-5',
      190_000,
      20_000,
      'input length and `max_tokens` exceed context limit: 190007 + 20000 > 200000, decrease input length or `max_tokens` and try again',
    ],
    [
      'claude-3-5-haiku-latest',
      1,
      9_000,
      'max_tokens: 9000 > 8192, which is the maximum allowed number of output tokens for claude-3-5-haiku-latest',
    ],
  ])('of %s refuse %i words with max_tokens %i', async (model, count, most, message) => {
    const refused = await create(model, words(count), most).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Anthropic.BadRequestError);
    expect(refused).toMatchObject({ error: { error: { type: 'invalid_request_error', message } } });
  });

  it('take more where the header asks for it', async () => {
    const { usage } = await create('claude-sonnet-4-5', words(200_000), 10, ['context-1m-2025-08-07']);
    expect(usage.input_tokens).toBe(200_007);
  });

  it('take what models tell', async () => {
    const told = await mocks.anthropic.models.retrieve('claude-opus-4-5');
    expect([told.max_input_tokens, told.max_tokens]).toEqual([200_000, 64_000]);
  });
});
