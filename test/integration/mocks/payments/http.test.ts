import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEYS, type ServedPayments, servePayments } from '../../../support/payments.ts';

let served: ServedPayments;
beforeAll(async () => {
  served = await servePayments();
});
afterAll(() => served[Symbol.asyncDispose]());

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${served.mocks.url}${path}`, init);
}

it('takes the key as curl -u sends it', async () => {
  const authorization = `Basic ${Buffer.from(`${KEYS.secret}:`).toString('base64')}`;
  const answer = await ask('/v1/customers', { headers: { authorization } });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { object: 'list', data: [], has_more: false, url: '/v1/customers' },
  ]);
  const nobody = await ask('/v1/customers');
  expect([nobody.status, (await nobody.json()) as object]).toMatchObject([
    401,
    { error: { type: 'invalid_request_error' } },
  ]);
});

it('lets pages of other origins call it, as Stripe.js does', async () => {
  const preflight = await ask('/v1/payment_intents', { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
});

it('says of search that it is not implemented, rather than that there is no such customer', async () => {
  const error = await served.stripe.customers.search({ query: "email:'a@b.c'" }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    headers: { 'x-devenv-unsupported': 'true' },
    message: expect.stringContaining('search'),
  });
});

it('pays by default only with what is the customer’s own', async () => {
  const { stripe } = served;
  const { id } = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id });
  const by = (default_payment_method: string) =>
    stripe.customers.update(id, { invoice_settings: { default_payment_method } });
  expect((await by(method.id)).invoice_settings.default_payment_method).toBe(method.id);
  await expect(by('pm_other')).rejects.toMatchObject({ code: 'resource_missing' });
  await stripe.paymentMethods.detach(method.id);
  expect(await stripe.customers.retrieve(id)).toMatchObject({ invoice_settings: { default_payment_method: null } });
});

it('fails where the journal can not be written, and says nothing that could be lost', async () => {
  const full = await servePayments({ commit: () => Promise.reject(new Error('the disk is full')) });
  await using _ = full;
  const headers = { authorization: `Bearer ${KEYS.secret}` };
  const answer = await fetch(`${full.mocks.url}/v1/customers`, { method: 'POST', headers });
  expect(answer.status).toBe(500);
  expect(full.mocks.failures).toMatchObject([{ message: 'the disk is full' }]);
});
