import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventDelivery, MocksState } from '../../../src/core/mocks.ts';
import { type MocksClient, mocksClient } from '../../../src/mocks/client.ts';
import { type Host, openHost } from '../../../src/mocks/host.ts';
import { CallLog } from '../../../src/mocks/server/call-log.ts';
import { controlHandler } from '../../../src/mocks/server/control.ts';
import { clientOf, KEYS, START_MS } from '../../support/payments.ts';
import { type ServedMocks, serveMocks } from '../../support/serve-mocks.ts';
import { until } from '../../support/until.ts';

/** The app's own server, which takes the webhooks. */
const app = { replies: [] as number[], told: [] as string[], server: createServer() };
let folder: string;
let host: Host;
let log: CallLog;
let mocks: ServedMocks;
let client: MocksClient;
let stripe: Stripe;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-control-'));
  Object.assign(app, { replies: [], told: [] });
  app.server = createServer((request, response) => {
    request.resume().on('end', () => {
      app.told.push(request.url ?? '');
      response.writeHead(app.replies.shift() ?? 200).end('thanks');
    });
  });
  await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
  const { port: appPort } = app.server.address() as AddressInfo;
  const keys = { stripeSecret: KEYS.secret, stripePublishable: '', stripeWebhook: KEYS.webhookSecret };
  host = await openHost(
    {
      ...{ environment: 'one', port: 1, folder, seed: '1', startMs: START_MS, control: 'token' },
      ai: { latency: { ttftMs: 0, tokensPerSecond: null }, budget: null, models: null, rules: [] },
      keys: { openai: 'sk-devenv-mock', anthropic: 'sk-ant-devenv-mock', ...keys },
      payments: { webhook: `http://127.0.0.1:${appPort}/hooks`, dunningEnd: 'canceled' },
      modes: { openai: 'mock', anthropic: 'mock', stripe: 'mock' },
      ...{ recordings: join(folder, 'recordings'), upstreams: {}, byName: null },
    },
    { wallClock: Date.now, failed: (error) => mocks.failures.push(error), tell: () => {}, realKeys: {} },
  );
  log = new CallLog();
  const state = async (): Promise<MocksState> => ({
    ...{ environment: 'one', pid: 1, clock: '', listening: [], totals: log.totals, faults: host.faults.all },
    deliveries: await host.countDeliveries(),
    modes: { stripe: 'mock' },
  });
  mocks = await serveMocks(host.mounts, {
    control: controlHandler('token', { log, host, state, replay: async () => false }),
    called: (happened) => log.add(happened),
  });
  client = mocksClient({ port: Number(new URL(mocks.url).port), token: 'token' });
  stripe = clientOf(mocks.url);
});
afterEach(async () => {
  await mocks[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  app.server.closeAllConnections();
  await new Promise((resolve) => app.server.close(resolve));
  expect(mocks.failures).toEqual([]);
  await rm(folder, { recursive: true });
});

it('lists deliveries with what the app replied, and sends an event once more', async () => {
  app.replies.push(500);
  await stripe.customers.create({ email: 'ada@example.com' });
  const [event = ''] = log.all()[0]?.events ?? [];
  const delivered = (count: number) => async () => (await client.deliveries({}))[0]?.attempts.length === count;
  await until('the app takes it the second time', async () => (await client.state())?.deliveries.delivered === 1);
  const [first, ...others] = await client.deliveries({ events: [event] });
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    ...{
      event,
      type: 'customer.created',
      endpoint: 'devenv',
      url: expect.stringMatching(/\/hooks$/),
      state: 'delivered',
    },
    attempts: [
      { at: expect.stringMatching(/^\d{4}-.*Z$/), status: 500, reply: 'thanks', ms: expect.any(Number) },
      { status: 200 },
    ],
  } satisfies Partial<Record<keyof EventDelivery, unknown>>);
  expect(await client.deliveries({ events: ['evt_none'] })).toEqual([]);

  expect(await client.resend(event)).toBe(true);
  await until('it has come again', delivered(1));
  expect(app.told).toEqual(['/hooks', '/hooks', '/hooks']);
  expect(await client.resend('evt_none')).toBeNull();
});

it('lists the last ones where many are kept', async () => {
  for (let n = 0; n < 3; n++) await stripe.customers.create({ name: `${n}` });
  const events = log.all().flatMap((call) => call.events ?? []);
  expect((await client.deliveries({ last: 2 })).map(({ event }) => event)).toEqual(events.slice(-2));
});

it("fails the next call, which Stripe's own client lives through or not as with Stripe", async () => {
  expect((await client.fail({ provider: 'stripe', kind: '500', times: 1 }))?.faults).toEqual([
    { provider: 'stripe', kind: '500', times: 1 },
  ]);
  // Asked by a browser beforehand: that is no call.
  await fetch(`${mocks.url}/v1/customers`, { method: 'OPTIONS' });
  const { id } = await stripe.customers.create({});
  expect(log.all().map(({ status, rule }) => [status, rule])).toEqual([
    [204, undefined],
    [500, 'fail next'],
    [200, undefined],
  ]);

  await client.fail({ provider: null, kind: '429', times: 1 });
  await expect(stripe.customers.retrieve(id)).rejects.toMatchObject({
    type: 'StripeRateLimitError',
    code: 'rate_limit',
  });

  // Cut off after it was done: with the same key an app may try again.
  const once = () => stripe.customers.create({ name: 'once' }, { idempotencyKey: 'one' });
  await client.fail({ provider: 'stripe', kind: 'cut', times: 1 });
  await expect(once()).rejects.toMatchObject({ type: 'StripeConnectionError' });
  await once();
  expect((await stripe.customers.list()).data.map(({ name }) => name)).toEqual(['once', null]);
  expect((await client.state())?.faults).toEqual([]);
});

it('fails the next calls of models as their own clients know it, and a stream in its middle', async () => {
  const openai = new OpenAI({ baseURL: `${mocks.url}/openai/v1`, apiKey: 'sk-devenv-mock', maxRetries: 0 });
  const about = { messages: [{ role: 'user' as const, content: 'About tea' }] };
  const ask = () => openai.chat.completions.create({ model: 'gpt-4o-mini', ...about });
  await client.fail({ provider: 'openai', kind: '429', times: 1 });
  const limited = await ask().catch((error: unknown) => error as InstanceType<typeof OpenAI.RateLimitError>);
  expect(limited).toBeInstanceOf(OpenAI.RateLimitError);
  expect(limited).toMatchObject({ code: 'rate_limit_exceeded', requestID: expect.stringMatching(/^req_/) });
  // Tried again by the client itself.
  await client.fail({ provider: null, kind: '500', times: 1 });
  expect(
    (await openai.withOptions({ maxRetries: 1 }).chat.completions.create({ model: 'gpt-4o-mini', ...about })).choices,
  ).toHaveLength(1);

  await client.fail({ provider: 'openai', kind: 'cut', times: 1 });
  const stream = await openai.chat.completions.create({ model: 'gpt-4o-mini', ...about, stream: true });
  const read = async () => {
    for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
  };
  await expect(read()).rejects.toThrow();
  expect(log.all().at(-1)).toMatchObject({ provider: 'openai', cut: true, rule: 'fail next' });

  const anthropic = new Anthropic({ baseURL: `${mocks.url}/anthropic`, apiKey: 'sk-ant-devenv-mock', maxRetries: 0 });
  await client.fail({ provider: 'anthropic', kind: '500', times: 1 });
  const message = { model: 'claude-haiku-4-5', max_tokens: 20, ...about };
  await expect(anthropic.messages.create(message)).rejects.toMatchObject({
    ...{ status: 500, error: { type: 'error', error: { type: 'api_error' } } },
  });
  expect((await anthropic.messages.create(message)).role).toBe('assistant');
});

it('takes back what waits, and refuses what makes no sense', async () => {
  await client.fail({ provider: null, kind: 'slow', times: 5 });
  expect((await client.forgive())?.faults).toEqual([]);
  await expect(client.fail({ provider: null, kind: '429', times: 0 })).rejects.toThrow(/times has to be/);
  // Nobody calls what is not mocked.
  const [mount] = host.mounts.filter(({ provider }) => provider.name === 'stripe');
  const control = controlHandler('token', {
    ...{ log, host: { ...host, mounts: mount ? [mount] : [] }, replay: async () => false },
    state: () => Promise.reject(new Error('not asked for')),
  });
  await using fewer = await serveMocks([], { control });
  const asked = mocksClient({ port: Number(new URL(fewer.url).port), token: 'token' });
  expect(await asked.fail({ provider: 'openai', kind: '429', times: 1 })).toBeNull();
  expect(host.faults.all).toEqual([]);
});
