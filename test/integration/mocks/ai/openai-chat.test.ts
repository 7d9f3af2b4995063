import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'gpt-4o-mini';
const messages: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'user', content: 'Write a product description for a blue ceramic mug' },
];

describe('chat completions', () => {
  it('answers on the topic, and counts the tokens of its answer', async () => {
    const chat = await mocks.openai.chat.completions.create({ model, messages });
    const [choice] = chat.choices;
    expect(choice?.message.content).toMatch(/blue ceramic mug/i);
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } });
    expect(chat).toMatchObject({ object: 'chat.completion', model, created: 1767225600 });
    expect(chat.id).toMatch(/^chatcmpl-\w{29}$/);
    expect(chat.usage?.completion_tokens).toBe(countTokens(choice?.message.content ?? ''));
    expect(chat.usage?.prompt_tokens).toBe(countTokens(String(messages[0]?.content)) + 7);
    expect(chat.usage?.total_tokens).toBe((chat.usage?.prompt_tokens ?? 0) + (chat.usage?.completion_tokens ?? 0));
  });

  it('streams the same words in chunks of a token, with usage only where it is asked for', async () => {
    const { choices } = await mocks.openai.chat.completions.create({ model, messages });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    const stream = await mocks.openai.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(choices[0]?.message.content);
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: 'assistant', content: '' });
    expect(chunks.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(mocks.calls.at(-1)?.sent.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('ends a stream with a chunk of usage and no choice', async () => {
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    const options = { stream: true, stream_options: { include_usage: true } } as const;
    for await (const chunk of await mocks.openai.chat.completions.create({ model, messages, ...options }))
      chunks.push(chunk);
    const last = chunks.pop();
    expect(last?.choices).toEqual([]);
    expect(last?.usage?.completion_tokens).toBeGreaterThan(10);
    expect(chunks.every(({ usage }) => usage === null)).toBe(true);
  });

  it('is put together by the helpers of the SDK', async () => {
    const runner = mocks.openai.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
    const seen: string[] = [];
    runner.on('content', (delta) => seen.push(delta));
    const final = await runner.finalChatCompletion();
    expect(seen.join('')).toBe(final.choices[0]?.message.content);
    expect(await runner.finalContent()).toBe(seen.join(''));
    expect((await runner.totalUsage()).total_tokens).toBe(final.usage?.total_tokens);
  });

  it('stops at max_tokens and max_completion_tokens with length', async () => {
    for (const limit of [{ max_tokens: 5 }, { max_completion_tokens: 5 }]) {
      const chat = await mocks.openai.chat.completions.create({ model, messages, ...limit });
      expect(chat.choices[0]?.finish_reason).toBe('length');
      expect(chat.usage?.completion_tokens).toBe(5);
      expect(countTokens(chat.choices[0]?.message.content ?? '')).toBe(5);
    }
  });

  it('stops before a stop sequence, whether one or a list', async () => {
    const whole = (await mocks.openai.chat.completions.create({ model, messages })).choices[0]?.message.content ?? '';
    for (const stop of ['. ', ['nowhere', '. ']]) {
      const { choices } = await mocks.openai.chat.completions.create({ model, messages, stop });
      expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: whole.split('. ')[0] } });
    }
  });

  it('gives n choices, each its own', async () => {
    const chat = await mocks.openai.chat.completions.create({ model, messages, n: 3 });
    expect(chat.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(chat.choices.map(({ message }) => message.content)).size).toBeGreaterThan(1);
    const indexes = new Set<number>();
    for await (const { choices } of await mocks.openai.chat.completions.create({
      model,
      messages,
      n: 3,
      stream: true,
    })) {
      for (const { index } of choices) indexes.add(index);
    }
    expect([...indexes]).toEqual([0, 1, 2]);
  });

  it('says the same for the same seed, and something else for another', async () => {
    const said = async (seed: number): Promise<unknown> =>
      (await mocks.openai.chat.completions.create({ model, messages, seed })).choices[0]?.message.content;
    const first = await said(1);
    expect(await said(1)).toBe(first);
    expect(new Set(await Promise.all([2, 3, 4, 5].map(said))).size).toBeGreaterThan(1);
  });

  it('summarises what it is given, chooses among what it may say, and lists as many as are wanted', async () => {
    const ask = async (content: string, system?: string): Promise<string> => {
      const rules = system === undefined ? [] : [{ role: 'system' as const, content: system }];
      const chat = await mocks.openai.chat.completions.create({
        model,
        messages: [...rules, { role: 'user', content }],
      });
      return chat.choices[0]?.message.content ?? '';
    };
    const story =
      'The shop sold 40 mugs. It rained. Most mugs were blue mugs, and the shop has ordered more blue mugs.';
    expect(await ask(`Summarize in one sentence: ${story}`)).toBe(
      'Most mugs were blue mugs, and the shop has ordered more blue mugs.',
    );
    const moods = 'Classify the sentiment as positive, negative or neutral. Answer with one word.';
    expect(await ask('I love it, it is great', moods)).toBe('positive');
    expect(await ask('Awful. It arrived broken.', moods)).toBe('negative');
    expect((await ask('Give me 4 ideas for a garden party')).split('\n')).toHaveLength(4);
    expect(await ask('Hello!')).toMatch(/^Hello/);
  });

  it('tells how likely each token was, the same each time, streamed too', async () => {
    const asked = { model, messages, logprobs: true, top_logprobs: 3, max_tokens: 20 };
    const { choices } = await mocks.openai.chat.completions.create(asked);
    const [choice] = choices;
    const told = choice?.logprobs?.content ?? [];
    expect(told.map(({ token }) => token).join('')).toBe(choice?.message.content);
    for (const { token, bytes, logprob, top_logprobs } of told) {
      expect(Buffer.from(bytes ?? []).toString()).toBe(token);
      expect(top_logprobs[0]).toEqual({ token, bytes, logprob });
      const likely = top_logprobs.map((one) => one.logprob);
      expect(likely).toEqual([...new Set(likely)].sort((a, b) => b - a));
      expect(likely.reduce((sum, one) => sum + Math.exp(one), 0)).toBeLessThanOrEqual(1);
      expect(new Set(top_logprobs.map((one) => one.token)).size).toBe(3);
    }
    const streamed: OpenAI.ChatCompletionTokenLogprob[] = [];
    for await (const chunk of await mocks.openai.chat.completions.create({ ...asked, stream: true }))
      streamed.push(...(chunk.choices[0]?.logprobs?.content ?? []));
    expect(streamed).toEqual(told);
    const plain = await mocks.openai.chat.completions.create({ ...asked, top_logprobs: undefined });
    expect(plain.choices[0]?.logprobs?.content?.[0]?.top_logprobs).toEqual([]);
  });

  it('counts what a model has thought, by how hard it is to think', async () => {
    const usage = async (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) => {
      const { choices, usage } = await mocks.openai.chat.completions.create({ model: 'gpt-5', messages, ...more });
      const thought = usage?.completion_tokens_details?.reasoning_tokens ?? 0;
      expect(usage?.completion_tokens).toBe(countTokens(choices[0]?.message.content ?? '') + thought);
      return thought;
    };
    const thought = await usage({});
    expect([thought > 0, thought % 64]).toEqual([true, 0]);
    expect(await usage({})).toBe(thought);
    expect(await usage({ reasoning_effort: 'minimal' })).toBe(0);
    expect(await usage({ max_completion_tokens: 200 })).toBe(64);
    expect(await usage({ model: 'gpt-4o' })).toBe(0);
    const { usage: told } = await mocks.openai.responses.create({ model: 'o3', input: 'On tea' });
    expect(told?.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  });

  it('counts pictures by their size', async () => {
    // A PNG of 1 by 1 pixels.
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const tokens = async (url: string, detail: 'low' | 'high', of = 'gpt-4o'): Promise<number> => {
      const content = [
        { type: 'text' as const, text: 'What is this?' },
        { type: 'image_url' as const, image_url: { url, detail } },
      ];
      const chat = await mocks.openai.chat.completions.create({ model: of, messages: [{ role: 'user', content }] });
      return (chat.usage?.prompt_tokens ?? 0) - 11;
    };
    expect(await tokens(`data:image/png;base64,${png}`, 'low')).toBe(85);
    expect(await tokens(`data:image/png;base64,${png}`, 'high')).toBe(85 + 170);
    expect(await tokens('https://example.com/a.png', 'high')).toBe(85 + 4 * 170);
    expect(await tokens('https://example.com/a.png', 'low', 'gpt-4o-mini')).toBe(2833);
  });
});

it('heeds what was said beforehand, and remembers what it was told', async () => {
  const said = async (...turns: [OpenAI.ChatCompletionMessageParam['role'], string][]): Promise<unknown> => {
    const messages = turns.map(([role, content]) => ({ role, content }) as OpenAI.ChatCompletionMessageParam);
    return (await mocks.openai.chat.completions.create({ model, messages })).choices[0]?.message.content;
  };
  expect(await said(['system', 'Always answer with exactly OK'], ['user', 'Tell me of tea'])).toBe('OK');
  expect(await said(['user', 'My name is Bob'], ['assistant', 'Hello!'], ['user', 'What is my name?'])).toBe(
    'Your name is Bob.',
  );
  expect(await said(['user', 'Reply with only yes or no: is the sky blue?'])).toMatch(/^(?:yes|no)$/);
});
