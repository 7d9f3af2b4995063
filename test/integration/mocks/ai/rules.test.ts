import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import type { Rule } from '../../../../src/mocks/ai/rules.ts';
import { type ServedAi, serveAi } from '../../../support/ai-mocks.ts';

const model = 'gpt-4o';
const claude = { model: 'claude-opus-4-5', max_tokens: 200 };

async function chat({ openai }: ServedAi, content: string, more = {}): Promise<OpenAI.ChatCompletion.Choice> {
  const { choices } = await openai.chat.completions.create({ model, messages: [{ role: 'user', content }], ...more });
  return choices[0] as OpenAI.ChatCompletion.Choice;
}

function ask({ anthropic }: ServedAi, content: string): Promise<Anthropic.Message> {
  return anthropic.messages.create({ ...claude, messages: [{ role: 'user', content }] });
}

function fault(of: Extract<Rule['answer'], { kind: 'fault' }>['fault'], more: Partial<Rule> = {}): Rule {
  return { answer: { kind: 'fault', fault: of }, ...more };
}

it('answers what the first rule that matches says', async () => {
  const tools = [
    {
      type: 'function' as const,
      function: { name: 'refund', parameters: { type: 'object', properties: { id: { type: 'integer' } } } },
    },
  ];
  await using served = await serveAi({
    rules: [
      { name: 'greets', match: { contains: 'HELLO' }, answer: { kind: 'text', text: 'Ahoy!' } },
      { match: { matches: '^price of .+\\?$' }, answer: { kind: 'json', json: { price: 5 } } },
      { match: { tool: 'refund' }, answer: { kind: 'tool', name: 'refund', arguments: { id: 7 } } },
      { match: { model: 'gpt-4o-*' }, answer: { kind: 'text', text: 'mini' } },
      { match: { provider: 'anthropic' }, answer: { kind: 'text', text: 'Claude' } },
    ],
  });
  expect((await chat(served, 'hello there')).message.content).toBe('Ahoy!');
  expect(served.calls.at(-1)?.answer.told.rule).toBe('greets');
  expect((await chat(served, 'Price of tea?')).message.content).toBe('{"price":5}');
  const { message } = await chat(served, 'Give it back', { tools });
  expect(message.tool_calls?.[0]).toMatchObject({ function: { name: 'refund', arguments: '{"id":7}' } });
  const result = { role: 'tool' as const, tool_call_id: message.tool_calls?.[0]?.id ?? '', content: 'done' };
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Give it back' }, message, result];
  const after = await served.openai.chat.completions.create({ model, messages, tools });
  expect(after.choices[0]?.message).toMatchObject({ content: 'According to refund, the result is done.' });
  expect((await chat(served, 'x', { model: 'gpt-4o-mini' })).message.content).toBe('mini');
  expect((await ask(served, 'x')).content).toMatchObject([{ text: 'Claude' }]);
  expect((await chat(served, 'On tea')).message.content).toMatch(/tea/);
  expect(served.calls.at(-1)?.answer.told.rule).toBeUndefined();
});

it('refuses as the provider would, with the errors of its SDK', async () => {
  await using served = await serveAi({
    rules: [
      fault({ kind: 'rate-limit', retryAfterS: 7 }, { match: { contains: 'often' } }),
      fault({ kind: 'server-error' }, { match: { contains: 'broken' } }),
      fault({ kind: 'overloaded' }, { match: { contains: 'busy' } }),
    ],
  });
  const often = await chat(served, 'too often').catch((error: unknown) => error);
  expect(often).toBeInstanceOf(OpenAI.RateLimitError);
  expect(often).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
  expect((often as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
  await expect(chat(served, 'broken')).rejects.toThrow(OpenAI.InternalServerError);
  await expect(chat(served, 'busy')).rejects.toMatchObject({ status: 503 });
  await expect(ask(served, 'too often')).rejects.toThrow(Anthropic.RateLimitError);
  await expect(ask(served, 'broken')).rejects.toMatchObject({ status: 500, error: { error: { type: 'api_error' } } });
  await expect(ask(served, 'busy')).rejects.toMatchObject({
    status: 529,
    error: { error: { type: 'overloaded_error' } },
  });
  expect(served.calls.map(({ answer }) => answer.told.rule)).toEqual([
    'rule 1',
    'rule 2',
    'rule 3',
    'rule 1',
    'rule 2',
    'rule 3',
  ]);
});

it('fails a share of the calls, the same ones for the same seed', async () => {
  const pattern = async (seed: number): Promise<string> => {
    await using served = await serveAi({ seed, rules: [fault({ kind: 'server-error' }, { rate: 0.3 })] });
    let found = '';
    for (let index = 0; index < 40; index += 1) {
      found += await chat(served, 'x').then(
        () => '.',
        () => 'x',
      );
    }
    return found;
  };
  const [first, again, other] = [await pattern(1), await pattern(1), await pattern(2)];
  expect(first).toBe(again);
  expect(first).not.toBe(other);
  const failed = [...first].filter((one) => one === 'x').length;
  expect(failed).toBeGreaterThan(4);
  expect(failed).toBeLessThan(24);
});

it('is slow, and cuts streams and answers in their middle', async () => {
  await using served = await serveAi({
    rules: [
      fault({ kind: 'slow', ms: 120 }, { match: { contains: 'slow' } }),
      fault({ kind: 'cut' }, { match: { contains: 'cut' } }),
    ],
  });
  expect((await chat(served, 'slow')).finish_reason).toBe('stop');
  expect(served.calls.at(-1)?.tookMs).toBeGreaterThanOrEqual(115);
  await expect(chat(served, 'cut')).rejects.toThrow('terminated');
  const stream = await served.openai.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'cut' }],
    stream: true,
  });
  let chunks = 0;
  await expect(
    (async () => {
      for await (const _ of stream) chunks += 1;
    })(),
  ).rejects.toThrow();
  expect(chunks).toBeGreaterThan(2);
  const streamed = served.anthropic.messages.stream({ ...claude, messages: [{ role: 'user', content: 'cut' }] });
  await expect(streamed.finalMessage()).rejects.toThrow();
});

it('refuses models that are not allowed, and lists those that are', async () => {
  await using served = await serveAi({ models: ['gpt-4o-mini', 'claude-haiku-4-5'] });
  const { openai, anthropic } = served;
  await expect(chat(served, 'x')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  expect((await chat(served, 'x', { model: 'gpt-4o-mini-2024-07-18' })).finish_reason).toBe('stop');
  await expect(ask(served, 'x')).rejects.toMatchObject({
    status: 404,
    error: { error: { type: 'not_found_error', message: 'model: claude-opus-4-5' } },
  });
  expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['gpt-4o-mini']);
  expect((await anthropic.models.list()).data.map(({ id }) => id)).toEqual(['claude-haiku-4-5']);
});

it('takes names of models with a star, and lists the usual ones that fit', async () => {
  await using served = await serveAi({ models: ['gpt-4o*', 'claude-haiku-*', 'my-own'] });
  const { openai, anthropic } = served;
  for (const model of ['gpt-4o', 'gpt-4o-mini-2024-07-18', 'my-own'])
    expect((await chat(served, 'x', { model })).finish_reason).toBe('stop');
  await expect(chat(served, 'x', { model: 'gpt-4.1' })).rejects.toThrow(OpenAI.NotFoundError);
  expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['gpt-4o', 'gpt-4o-mini', 'my-own']);
  expect((await anthropic.models.list()).data.map(({ id }) => id)).toEqual(['claude-haiku-4-5']);
  expect((await openai.models.retrieve('gpt-4o-audio-preview')).id).toBe('gpt-4o-audio-preview');
});

it('has the models of the providers, also those that are newer than their list, and no other', async () => {
  await using served = await serveAi();
  for (const id of ['o3-mini', 'gpt-5.1', 'gpt-6-turbo', 'ft:gpt-4o-mini-2024-07-18:acme::a1']) {
    expect((await chat(served, 'x', { model: id })).finish_reason).toBe('stop');
    expect((await served.openai.models.retrieve(id)).id).toBe(id);
  }
  expect((await served.anthropic.models.retrieve('claude-opus-4-6')).id).toBe('claude-opus-4-6');
  for (const id of ['gpt-nope', 'gpt-4o-mni', 'o3mini']) {
    const refused = await chat(served, 'x', { model: id }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OpenAI.NotFoundError);
    expect(refused).toMatchObject({
      code: 'model_not_found',
      message: `404 The model \`${id}\` does not exist or you do not have access to it.`,
    });
  }
  await expect(served.anthropic.models.retrieve('claude-opis-4-5')).rejects.toThrow(Anthropic.NotFoundError);
});

it('has no model of the other provider, whatever is allowed', async () => {
  await using served = await serveAi();
  await expect(chat(served, 'x', { model: 'claude-opus-4-5' })).rejects.toThrow(OpenAI.NotFoundError);
  const asked = { model: 'gpt-4o', max_tokens: 5, messages: [{ role: 'user' as const, content: 'x' }] };
  await expect(served.anthropic.messages.create(asked)).rejects.toThrow(Anthropic.NotFoundError);
});

it('answers as the providers do when the budget is used up', async () => {
  await using served = await serveAi({ budget: { tokens: 30 } });
  await chat(served, 'Write about tea');
  await expect(chat(served, 'x')).rejects.toMatchObject({
    status: 429,
    code: 'insufficient_quota',
    type: 'insufficient_quota',
  });
  await expect(ask(served, 'x')).rejects.toThrow(/credit balance is too low/);
  await expect(served.openai.embeddings.create({ model: 'text-embedding-3-small', input: 'x' })).rejects.toThrow(
    OpenAI.RateLimitError,
  );
  expect((await served.openai.moderations.create({ input: 'x' })).results).toHaveLength(1);
});
