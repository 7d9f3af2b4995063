import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientOf, servePayments } from '../../../support/payments.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-payments-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps customers over a restart', async () => {
  const journal = join(folder, 'journal.ndjson');
  let created: Stripe.Customer;
  {
    await using served = await servePayments({ journal });
    created = await served.stripe.customers.create({ email: 'ada@example.com', name: 'Ada', metadata: { order: '1' } });
    expect(created).toMatchObject({
      object: 'customer',
      email: 'ada@example.com',
      metadata: { order: '1' },
      livemode: false,
    });
    expect(created.id).toMatch(/^cus_\w{14}$/);
  }
  await using served = await servePayments({ journal });
  expect(await served.stripe.customers.retrieve(created.id)).toEqual(created);
  const second = await served.stripe.customers.create({ email: 'bob@example.com' });
  expect(second.id).not.toBe(created.id);
  expect((await served.stripe.customers.list()).data.map(({ id }) => id)).toEqual([second.id, created.id]);
});

it('updates what is given, merges metadata, and tells what was before', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const address = { line1: 'Main St 1', city: 'Berlin' };
  const { id } = await stripe.customers.create({ name: 'Ada', phone: '1', address, metadata: { a: '1', b: '2' } });
  const updated = await stripe.customers.update(id, { phone: '', metadata: { b: '', c: '3' }, description: 'x' });
  expect(updated).toMatchObject({ name: 'Ada', phone: null, description: 'x', metadata: { a: '1', c: '3' } });
  expect(updated.metadata).not.toHaveProperty('b');
  expect(updated.address).toEqual({ ...address, line2: null, postal_code: null, state: null, country: null });
  const [event] = (await stripe.events.list({ type: 'customer.updated' })).data;
  expect(event?.data.previous_attributes).toEqual({ phone: '1', description: null, metadata: { b: '2', c: null } });
  expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
});

it('answers a deleted customer as deleted, and uses it no more', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id } = await stripe.customers.create();
  const deleted = { id, object: 'customer', deleted: true };
  expect(await stripe.customers.del(id)).toEqual(deleted);
  expect(await stripe.customers.retrieve(id)).toEqual(deleted);
  await expect(stripe.customers.update(id, { name: 'x' })).rejects.toMatchObject({ code: 'resource_missing' });
  expect((await stripe.customers.list()).data).toEqual([]);
});

it('gives lists page by page, in both directions and by filter', async () => {
  await using served = await servePayments();
  const { stripe, clock } = served;
  const ids: string[] = [];
  for (let n = 0; n < 25; n++) {
    clock.moveTo(clock.now() + 1000);
    ids.unshift((await stripe.customers.create({ email: `${n % 2}@example.com` })).id);
  }
  const all: string[] = [];
  for await (const { id } of stripe.customers.list({ limit: 7 })) all.push(id);
  expect(all).toEqual(ids);
  const before = await stripe.customers.list({ limit: 3, ending_before: ids[10] as string });
  expect([before.data.map(({ id }) => id), before.has_more]).toEqual([ids.slice(7, 10), true]);
  const odd = await stripe.customers.list({ email: '1@example.com' }).autoPagingToArray({ limit: 100 });
  expect(odd.map(({ id }) => id)).toEqual(ids.filter((_, place) => place % 2 === 1));
  const newest = await stripe.customers.retrieve(ids[4] as string);
  const since = await stripe.customers.list({ created: { gte: (newest as Stripe.Customer).created } });
  expect(since.data.map(({ id }) => id)).toEqual(ids.slice(0, 5));
  await expect(stripe.customers.list({ starting_after: 'cus_none' })).rejects.toMatchObject({
    code: 'resource_missing',
  });
});

it('refuses mistakes with the errors of Stripe', async () => {
  await using served = await servePayments();
  const { stripe, mocks } = served;
  const wrong = { nme: 'Ada' } as Stripe.CustomerCreateParams;
  const unknown = await stripe.customers.create(wrong).catch((error: unknown) => error);
  expect(unknown).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
  expect(unknown).toMatchObject({
    statusCode: 400,
    code: 'parameter_unknown',
    param: 'nme',
    message: 'Received unknown parameter: nme',
    requestId: expect.stringMatching(/^req_/),
  });
  await expect(stripe.customers.retrieve('cus_none')).rejects.toMatchObject({
    statusCode: 404,
    type: 'StripeInvalidRequestError',
    code: 'resource_missing',
    message: "No such customer: 'cus_none'",
  });
  await expect(stripe.customers.create({ balance: 'x' as never })).rejects.toMatchObject({
    code: 'parameter_invalid_integer',
    param: 'balance',
  });
  const refused = await clientOf(mocks.url, 'sk_test_other')
    .customers.list()
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
});

it('never repeats a key of a live shape', async () => {
  await using served = await servePayments();
  const key = `sk_${'live'}_51abcdefghijklmnop`;
  const error = await clientOf(served.mocks.url, key)
    .customers.list()
    .catch((error: Error) => error as Error);
  expect(error).toMatchObject({ statusCode: 401, message: expect.stringContaining("devenv's mock") });
  expect(JSON.stringify(error)).not.toContain('abcdef');
  expect(served.mocks.calls.at(-1)?.sent).not.toContain('abcdef');
});

it('says of what it does not implement that Stripe would', async () => {
  await using served = await servePayments();
  const { stripe, mocks } = served;
  await expect(stripe.payouts.list()).rejects.toMatchObject({
    statusCode: 404,
    headers: { 'x-devenv-unsupported': 'true' },
  });
  expect(mocks.calls.at(-1)?.answer.told.unsupported).toBe(true);
  await expect(stripe.customers.create({ tax: { validate_location: 'auto' } })).rejects.toMatchObject({ param: 'tax' });
  const nothing = await stripe.rawRequest('GET', '/v1/nothing').catch((error: unknown) => error);
  expect(nothing).toMatchObject({ statusCode: 404, message: expect.stringContaining('Unrecognized request URL') });
  expect((nothing as Stripe.errors.StripeError).headers).not.toHaveProperty('x-devenv-unsupported');
});

it('tells events by their type, by the group that a wildcard names, and all', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id } = await stripe.customers.create();
  await stripe.products.create({ name: 'Mug' });
  await stripe.customers.update(id, { name: 'Ada' });
  const told = async (type: string) =>
    (await stripe.events.list({ type: type as 'customer.updated' })).data.map((event) => event.type);
  expect(await told('customer.updated')).toEqual(['customer.updated']);
  expect(await told('customer.*')).toEqual(['customer.updated', 'customer.created']);
  expect(await told('*')).toEqual(['customer.updated', 'product.created', 'customer.created']);
  expect(await told('customer')).toEqual([]);
});
