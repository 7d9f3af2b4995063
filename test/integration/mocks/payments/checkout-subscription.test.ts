import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, eventTypes, payingCustomer, priceOf } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';

/** What a browser sends from the page of a session. */
async function pay({ mocks }: ServedPayments, session: Stripe.Checkout.Session, number: string): Promise<Response> {
  const { pathname } = new URL(session.url as string);
  const form = { email: 'ada@example.com', name: 'Ada', number, expiry: '12 / 30', cvc: '123' };
  return fetch(mocks.url.replace(/\/$/, '') + pathname, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
}

const where = { mode: 'subscription', success_url: 'http://shop.localhost/done' } as const;

it('begins a subscription, whose card goes on paying', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await priceOf(served);
  const setup = { currency: 'usd', unit_amount: 500, product_data: { name: 'Setup' } };
  const session = await stripe.checkout.sessions.create({
    ...where,
    line_items: [
      { price: price.id, quantity: 2 },
      { price_data: setup, quantity: 1 },
    ],
    subscription_data: { metadata: { shop: '1' } },
  });
  expect(session).toMatchObject({ amount_total: 2500, subscription: null, status: 'open' });
  const response = await pay(served, session, '4242424242424242');
  expect([response.status, response.headers.get('location')]).toEqual([303, 'http://shop.localhost/done']);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'invoice', 'customer'] });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    subscription: { status: 'active', metadata: { shop: '1' }, items: { data: [{ quantity: 2 }] } },
    invoice: { status: 'paid', total: 2500 },
    customer: { email: 'ada@example.com' },
  });
  const { id, default_payment_method, created } = done.subscription as Stripe.Subscription;
  expect(default_payment_method).toMatch(/^pm_/);
  expect((await eventTypes(served)).at(-1)).toBe('checkout.session.completed');
  await advanceTo(served, created + 32 * DAY);
  const { data } = await stripe.invoices.list({ subscription: id });
  expect(data.map(({ status, total }) => [status, total])).toEqual([
    ['paid', 2000],
    ['paid', 2500],
  ]);
});

it('lets it be tried out first, and does nothing with a card that does not pay', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await priceOf(served);
  const customer = await payingCustomer(served);
  const items = { line_items: [{ price: price.id, quantity: 1 }], customer: customer.id };
  const tried = await stripe.checkout.sessions.create({
    ...where,
    ...items,
    subscription_data: { trial_period_days: 7 },
  });
  expect(tried.amount_total).toBe(0);
  expect((await pay(served, tried, '4242424242424242')).status).toBe(303);
  const done = await stripe.checkout.sessions.retrieve(tried.id, { expand: ['subscription'] });
  expect(done).toMatchObject({ payment_status: 'no_payment_required', subscription: { status: 'trialing' } });
  const refused = await stripe.checkout.sessions.create({ ...where, ...items });
  const response = await pay(served, refused, '4000000000000341');
  expect([response.status, await response.text()]).toEqual([402, expect.stringContaining('declined')]);
  expect(await stripe.checkout.sessions.retrieve(refused.id)).toMatchObject({ status: 'open', subscription: null });
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
});
