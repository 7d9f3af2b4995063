import { readFile } from 'node:fs/promises';
import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { payingCustomer, priceOf } from '../../../support/billing.ts';
import { clientOf, KEYS, servePayments } from '../../../support/payments.ts';

type Options = NonNullable<ConstructorParameters<typeof Stripe>[1]>;

/** The official client, pinned to a version as the one of that time was. */
function pinned(url: string, version: string): Stripe {
  return clientOf(url, KEYS.secret, { apiVersion: version as Options['apiVersion'] });
}

it("says that it is the mock which lacks another version's parameters and expansions", async () => {
  const told: string[] = [];
  await using served = await servePayments({ tell: (message) => told.push(message) });
  const { mocks } = served;
  const old = pinned(mocks.url, '2024-06-20');
  const customer = (await payingCustomer(served)).id;
  const items = [{ price: (await priceOf(served)).id }];
  const coupon = (await served.stripe.coupons.create({ percent_off: 10 })).id;
  expect(told).toEqual([]);
  const lacking = [
    () => old.subscriptions.create({ customer, items, expand: ['latest_invoice.payment_intent'] }),
    () => old.subscriptions.create({ customer, items, coupon } as never),
    () => old.promotionCodes.create({ coupon } as never),
  ];
  for (const call of lacking) {
    const error: Stripe.errors.StripeError = await call().then(
      () => expect.fail('it was to fail'),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ statusCode: 400, headers: { 'x-devenv-unsupported': 'true' } });
    expect(error.message).toContain(`version 2024-06-20 of Stripe's API`);
    expect(error.message).toContain(Stripe.API_VERSION);
  }
  expect(mocks.calls.filter(({ answer }) => answer.told.unsupported)).toHaveLength(3);
  expect((await served.stripe.subscriptions.list()).data).toEqual([]);
  expect((await old.customers.retrieve(customer)).id).toBe(customer);
  expect(told).toEqual([
    `stripe: calls ask for version 2024-06-20 of the API; they are answered in the shapes of ${Stripe.API_VERSION}`,
  ]);
  await pinned(mocks.url, '2025-03-31.basil').customers.list();
  expect(told).toHaveLength(2);
});

it("takes today's mistakes for what they are", async () => {
  await using served = await servePayments();
  const wrong = served.stripe.customers.create({ nickname: 'Ada' } as never);
  await expect(wrong).rejects.toMatchObject({ code: 'parameter_unknown' });
  await expect(wrong).rejects.not.toMatchObject({ headers: { 'x-devenv-unsupported': 'true' } });
});

it('asks for no return_url where the version has no such rule yet', async () => {
  await using served = await servePayments();
  const pay = { amount: 900, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' } as const;
  const paid = await pinned(served.mocks.url, '2022-11-15').paymentIntents.create(pay);
  expect(paid).toMatchObject({ status: 'succeeded', automatic_payment_methods: null });
});

it.each(['latest', '2024-6-20', '2024-02-30', '2024-06-20acacia'])('refuses the version %s', async (version) => {
  await using served = await servePayments();
  await expect(pinned(served.mocks.url, version).customers.list()).rejects.toMatchObject({
    statusCode: 400,
    message: `Invalid Stripe API version: ${version}`,
  });
});

it('takes a version that has something to be tried out behind it', async () => {
  await using served = await servePayments();
  const beta = pinned(served.mocks.url, `${Stripe.API_VERSION}; custom_checkout_beta=v1`);
  expect((await beta.customers.list()).data).toEqual([]);
});

it("speaks the official client's version, which the README names", async () => {
  await using served = await servePayments();
  const { lastResponse } = await served.stripe.customers.list();
  expect(lastResponse.apiVersion).toBe(Stripe.API_VERSION);
  expect(await readFile('README.md', 'utf8')).toContain(`version \`${lastResponse.apiVersion}\` of its API`);
});
