import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Packed } from '../../../../src/mocks/payments/store/pack.ts';
import { KEYS, servePayments } from '../../../support/payments.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dve-payments-'));
});
afterEach(() => rm(folder, { recursive: true }));

const PAY = {
  amount: 1000,
  currency: 'usd',
  payment_method: 'pm_card_visa',
  confirm: true,
  return_url: 'https://shop.example/',
} as const;
const once = { idempotencyKey: 'order-7' };

it('answers a call with the same key the same way, and does nothing twice, also after a restart', async () => {
  const journal = join(folder, 'journal.ndjson');
  let first: Stripe.Response<Stripe.PaymentIntent>;
  {
    await using served = await servePayments({ journal });
    first = await served.stripe.paymentIntents.create({ ...PAY, expand: ['latest_charge'] }, once);
    expect(first.lastResponse.headers).toMatchObject({
      'idempotency-key': 'order-7',
      'original-request': first.lastResponse.requestId,
      'stripe-version': Stripe.API_VERSION,
    });
    expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed');
  }
  await using served = await servePayments({ journal });
  const second = await served.stripe.paymentIntents.create({ ...PAY, expand: ['latest_charge'] }, once);
  expect(second).toEqual(first);
  expect(second.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
  });
  expect(second.lastResponse.requestId).not.toBe(first.lastResponse.requestId);
  expect((await served.stripe.charges.list()).data).toHaveLength(1);
});

it('refuses the same key for something else', async () => {
  await using served = await servePayments();
  await served.stripe.paymentIntents.create(PAY, once);
  const error = await served.stripe.paymentIntents
    .create({ ...PAY, amount: 999 }, once)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  expect(error).toMatchObject({ statusCode: 400, rawType: 'idempotency_error' });
  const other = await served.stripe.customers.create({}, once).catch((thrown: unknown) => thrown);
  expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
});

it('remembers a declined card, and not what never came to be tried', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const declining = { ...PAY, payment_method: 'pm_card_chargeDeclined' };
  const errors = [];
  for (let n = 0; n < 2; n++) errors.push(await stripe.paymentIntents.create(declining, once).catch((error) => error));
  expect(errors.map(({ code, charge }) => [code, charge])).toEqual(Array(2).fill(['card_declined', errors[0].charge]));
  expect((await stripe.charges.list()).data).toHaveLength(1);
  const mistyped = { idempotencyKey: 'order-8' };
  await expect(stripe.paymentIntents.create({ ...PAY, amont: 1 } as never, mistyped)).rejects.toMatchObject({
    code: 'parameter_unknown',
  });
  expect((await stripe.paymentIntents.create(PAY, mistyped)).status).toBe('succeeded');
});

it('answers 409 while the first call with a key is on its way to the disk, and the library tries again', async () => {
  const held: { release?: () => void } = {};
  const changes: Packed[] = [];
  await using served = await servePayments({
    commit: (change) => {
      changes.push(change);
      return held.release ? Promise.resolve() : new Promise((resolve) => (held.release = resolve));
    },
  });
  const first = served.stripe.paymentIntents.create(PAY, once);
  const raw = (): Promise<Response> =>
    fetch(`${served.mocks.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.secret}`, 'idempotency-key': 'order-7' },
      body: 'amount=1000&currency=usd&payment_method=pm_card_visa&confirm=true&return_url=https%3A%2F%2Fshop.example%2F',
    });
  await expect.poll(() => changes.length).toBe(1);
  const second = await raw();
  expect([
    second.status,
    second.headers.get('stripe-should-retry'),
    ((await second.json()) as { error: { code: string } }).error.code,
  ]).toEqual([409, 'true', 'idempotency_key_in_use']);
  // The library waits half a second before it tries again.
  const retried = served.stripe.paymentIntents.create(PAY, once);
  await expect.poll(() => served.mocks.calls.filter(({ answer }) => answer.status === 409).length).toBe(2);
  held.release?.();
  expect((await retried).id).toBe((await first).id);
  expect((await served.stripe.charges.list()).data).toHaveLength(1);
});
