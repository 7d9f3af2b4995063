import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { createAi } from '../../../../src/mocks/ai/ai.ts';
import type { Provider } from '../../../../src/mocks/provider.ts';
import { aiOptions } from '../../../support/ai-mocks.ts';
import { MINTED, makeRecordings, REAL, recording, replaying } from '../../../support/relays.ts';
import { serveMocks } from '../../../support/serve-mocks.ts';

/** The AI mocks as the provider: they take the real key alone. */
async function upstream() {
  const ai = createAi(aiOptions({ keys: { openai: REAL, anthropic: REAL } }));
  return { openai: await serveOne(ai.openai), anthropic: await serveOne(ai.anthropic) };
}

function serveOne(provider: Provider) {
  return serveMocks([{ prefix: '/', provider }]);
}

/** A bit of everything, as an app asks it: the answers. */
async function askOpenai(url: string): Promise<unknown[]> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: MINTED, maxRetries: 0 });
  const messages = [{ role: 'user' as const, content: 'Tell me about rivers.' }];
  const chat = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
  const again = await client.chat.completions.create({ model: 'gpt-4o-mini', messages });
  const chunks: unknown[] = [];
  for await (const chunk of await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true })) {
    chunks.push(chunk);
  }
  const response = await client.responses.create({ model: 'gpt-4o-mini', input: 'Rivers?' });
  const followed = await client.responses.stream({
    ...{ model: 'gpt-4o-mini', input: 'And lakes?', previous_response_id: response.id },
  });
  const near = await client.embeddings.create({ model: 'text-embedding-3-small', input: ['river', 'lake'] });
  const models = await client.models.list();
  return [chat, again, chunks, response.output, (await followed.finalResponse()).output_text, near.data, models.data];
}

async function askAnthropic(url: string): Promise<unknown[]> {
  const client = new Anthropic({ baseURL: url, apiKey: MINTED, maxRetries: 0 });
  const asked = {
    model: 'claude-haiku-4-5',
    max_tokens: 200,
    messages: [{ role: 'user' as const, content: 'Rivers?' }],
  };
  const message = await client.messages.create(asked);
  const streamed = await client.messages.stream(asked).finalMessage();
  return [message, streamed, await client.messages.countTokens({ model: asked.model, messages: asked.messages })];
}

describe.each([
  ['openai', askOpenai],
  ['anthropic', askAnthropic],
] as const)('what %s answered', (name, ask) => {
  it('is replayed to the official client when the provider is gone, from readable files without the key', async () => {
    await using recordings = await makeRecordings();
    const providers = await upstream();
    let first: unknown[];
    {
      await using relay = await serveOne(recording(name, providers[name].url, recordings));
      first = await ask(relay.url);
      expect(relay.failures).toEqual([]);
      expect(relay.calls.map(({ answer }) => answer.told.rule)).toEqual(relay.calls.map(() => 'recorded'));
    }
    await providers.openai[Symbol.asyncDispose]();
    await providers.anthropic[Symbol.asyncDispose]();
    const files = await recordings.files();
    expect(JSON.stringify(files)).not.toContain(REAL);
    expect(JSON.stringify(files)).not.toContain(MINTED);
    expect(JSON.stringify(files)).not.toMatch(/req_[0-9a-zA-Z]{6}/);
    await using replay = await serveOne(replaying(name, recordings));
    expect(await ask(replay.url)).toEqual(first);
    expect(replay.calls.map(({ answer }) => answer.told.rule)).toEqual(replay.calls.map(() => 'replayed'));
    expect(replay.failures).toEqual([]);
  });
});

it('the same run has the same files', async () => {
  const runs: unknown[] = [];
  for (let run = 0; run < 2; run++) {
    await using recordings = await makeRecordings();
    const providers = await upstream();
    await using _ = providers.openai;
    await using __ = providers.anthropic;
    await using relay = await serveOne(recording('openai', providers.openai.url, recordings));
    await askOpenai(relay.url);
    runs.push(await recordings.files());
  }
  expect(runs[1]).toEqual(runs[0]);
  expect(Object.keys(runs[0] as object)).toContainEqual(
    expect.stringMatching(/^post-v1-chat-completions-\w{10}\.json$/),
  );
});

it('equal calls are answered in their recorded order, and then as the last one', async () => {
  await using recordings = await makeRecordings();
  const providers = await upstream();
  await using _ = providers.openai;
  await using __ = providers.anthropic;
  await using relay = await serveOne(recording('openai', providers.openai.url, recordings));
  const ids = async (url: string, times: number) => {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: MINTED, maxRetries: 0 });
    const found: string[] = [];
    for (let time = 0; time < times; time++) {
      const messages = [{ role: 'user' as const, content: 'Hello' }];
      found.push((await client.chat.completions.create({ model: 'gpt-4o', messages })).id);
    }
    return found;
  };
  const [first, second] = await ids(relay.url, 2);
  expect(first).not.toBe(second);
  await using replay = await serveOne(replaying('openai', recordings));
  expect(await ids(replay.url, 4)).toEqual([first, second, second, second]);
});

it('a call that was never recorded fails as the client expects, and says what differs', async () => {
  await using recordings = await makeRecordings();
  const providers = await upstream();
  await using _ = providers.openai;
  await using __ = providers.anthropic;
  await using relay = await serveOne(recording('openai', providers.openai.url, recordings));
  const asking = (url: string, content: string) =>
    new OpenAI({ baseURL: `${url}/v1`, apiKey: MINTED, maxRetries: 2 }).chat.completions.create({
      ...{ model: 'gpt-4o', messages: [{ role: 'user', content }] },
    });
  await asking(relay.url, 'Hello');
  await using replay = await serveOne(replaying('openai', recordings));
  const error = await asking(replay.url, 'Goodbye').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OpenAI.NotFoundError);
  const { message, headers } = error as InstanceType<typeof OpenAI.NotFoundError>;
  expect(message).toContain('messages[0].content is "Goodbye", and was "Hello"');
  expect(message).toContain('mocks/recordings/openai/post-v1-chat-completions-');
  expect(headers.get('x-devenv-unsupported')).toBe('not recorded');
  expect(headers.get('x-devenv-nearest')).toMatch(/^post-v1-chat-completions-/);
  expect(replay.calls.map(({ answer }) => answer.told.unsupported)).toEqual([true]);
});

it('a new run replaces what it asks anew, and leaves the rest', async () => {
  await using recordings = await makeRecordings();
  const providers = await upstream();
  await using _ = providers.openai;
  await using __ = providers.anthropic;
  const asked = async (content: string, times: number) => {
    await using relay = await serveOne(recording('openai', providers.openai.url, recordings));
    const client = new OpenAI({ baseURL: `${relay.url}/v1`, apiKey: MINTED, maxRetries: 0 });
    for (let time = 0; time < times; time++) {
      await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content }] });
    }
  };
  await asked('Hello', 3);
  await asked('Other', 1);
  await asked('Hello', 1);
  const texts = Object.values(await recordings.files());
  expect(texts.map((text) => JSON.parse(text).answers.length)).toEqual([1, 1]);
});
