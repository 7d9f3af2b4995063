import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { servePayments } from '../../../support/payments.ts';
import { until } from '../../../support/until.ts';
import { serveWebhookApp } from '../../../support/webhook-app.ts';

it('tells the process what happened, signed with the time of the wall, in order', async () => {
  await using app = await serveWebhookApp();
  const replies: unknown[] = [];
  await using served = await servePayments({
    webhook: { url: app.url },
    replied: ({ event }, { status, reply }) => replies.push([event.type, status, reply]),
  });
  const { stripe, payments } = served;
  const { id } = await stripe.customers.create({ name: 'Ada' });
  for (let n = 0; n < 20; n++) await stripe.customers.update(id, { name: `Ada ${n}` });
  await stripe.customers.del(id);
  await until('all are there', () => app.events.length === 22);
  const types = ['customer.created', ...Array(20).fill('customer.updated'), 'customer.deleted'];
  expect(app.events.map(({ type }) => type)).toEqual(types);
  expect(app.events.slice(1, 21).map(({ data }) => (data.object as Stripe.Customer).name)).toEqual(
    Array.from({ length: 20 }, (_, n) => `Ada ${n}`),
  );
  expect(app.events[0]).toMatchObject({
    object: 'event',
    livemode: false,
    pending_webhooks: 1,
    api_version: Stripe.API_VERSION,
  });
  await until('all are noted', () => replies.length === 22);
  expect(replies[0]).toEqual(['customer.created', 200, 'got customer.created']);
  expect(payments.deliveries().every(({ state }) => state === 'delivered')).toBe(true);
  expect((await stripe.events.retrieve(app.events[0]?.id as string)).pending_webhooks).toBe(0);
});

it('tries again where the app answers with an error, before what comes after', async () => {
  await using app = await serveWebhookApp();
  await using served = await servePayments({ webhook: { url: app.url } });
  app.answers.push(500, 503);
  const first = await served.stripe.customers.create();
  const second = await served.stripe.customers.create();
  await until('both are there', () => app.events.length === 2);
  expect(app.events.map(({ data }) => (data.object as Stripe.Customer).id)).toEqual([first.id, second.id]);
  await until('both are noted', () => served.payments.deliveries().every(({ state }) => state === 'delivered'));
  const [delivery] = served.payments.deliveries();
  expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 503, 200]);
});

it('still knows what was delivered after its journal was written anew', async () => {
  await using app = await serveWebhookApp();
  app.answers.push(500);
  const webhook = { url: app.url };
  await using served = await servePayments({ webhook });
  await served.stripe.customers.create({ name: 'Ada' });
  const event = await until('it is there', () => app.events[0]);
  await until('it is noted', () => served.payments.deliveries().every(({ state }) => state === 'delivered'));
  expect(await served.payments.resend(event.id)).toBe(true);
  await until('that is noted', () => app.events.length === 2 && served.payments.deliveries()[0]?.state === 'delivered');
  const told = ({ payments }: typeof served) =>
    payments.deliveries().map(({ event: { id }, state, attempts }) => ({ id, state, attempts }));
  await using again = await servePayments({ webhook, earlier: [...served.payments.state()] });
  expect(told(again)).toEqual(told(served));
  expect((await again.stripe.events.retrieve(event.id)).pending_webhooks).toBe(0);
  expect(await again.payments.resend(event.id)).toBe(true);
  await until('it is there once more', () => app.events.length === 3);
});

it('tells an event once more when it is asked to', async () => {
  await using app = await serveWebhookApp();
  await using served = await servePayments({ webhook: { url: app.url } });
  await served.stripe.customers.create();
  const event = await until('it is there', () => app.events[0]);
  expect(await served.payments.resend(event.id)).toBe(true);
  await until('it is there again', () => app.events.length === 2);
  expect(app.events[1]?.id).toBe(event.id);
  expect(await served.payments.resend('evt_none')).toBe(false);
});

it('tells endpoints of the API what they asked for, with secrets of their own', async () => {
  await using served = await servePayments();
  const { stripe, payments } = served;
  const url = 'https://hooks.example.com/stripe';
  const outside = await stripe.webhookEndpoints.create({ url, enabled_events: ['*'] });
  const answered = await stripe.webhookEndpoints.retrieve(outside.id);
  expect([outside.secret, answered.secret]).toEqual([expect.stringMatching(/^whsec_\w{32}$/), undefined]);
  await stripe.customers.create();
  expect(payments.deliveries().map(({ state, endpoint }) => [state, endpoint.url])).toEqual([['outside', url]]);
  const disabled = await stripe.webhookEndpoints.update(outside.id, { disabled: true });
  expect(disabled.status).toBe('disabled');
  await stripe.customers.create();
  expect(payments.deliveries()).toHaveLength(1);
  expect(await stripe.webhookEndpoints.del(outside.id)).toEqual({
    id: outside.id,
    object: 'webhook_endpoint',
    deleted: true,
  });
  expect((await stripe.webhookEndpoints.list()).data).toEqual([]);
});

it('contacts an endpoint on this machine, for the types it asked for', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  // Its secret is known only once it is made.
  const made = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:1/',
    enabled_events: ['customer.updated'],
  });
  await using app = await serveWebhookApp(made.secret);
  await stripe.webhookEndpoints.update(made.id, { url: app.url });
  const { id } = await stripe.customers.create();
  await stripe.customers.update(id, { name: 'Ada' });
  await until('the update is there', () => app.events.length > 0);
  expect(app.events.map(({ type }) => type)).toEqual(['customer.updated']);
});
