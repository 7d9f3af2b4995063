import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';
import { CARD, visit as visitAt } from '../../../support/visit.ts';

let served: ServedPayments;
let stripe: Stripe;
beforeAll(async () => {
  served = await servePayments();
  stripe = served.stripe;
});
afterAll(() => served[Symbol.asyncDispose]());

const MUG: Stripe.Checkout.SessionCreateParams.LineItem = {
  price_data: { currency: 'eur', unit_amount: 1250, product_data: { name: 'Mug <b>"&\'' } },
  quantity: 2,
};
const PAYMENT: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [MUG],
  success_url: 'https://shop.example/done?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'https://shop.example/cart',
};
const visit = (url: string, form?: Record<string, string>) => visitAt(served, url, form);

async function lastEvents(count: number): Promise<string[]> {
  return (await stripe.events.list({ limit: count })).data.map(({ type }) => type).reverse();
}

it('is paid on its page, and leads back to the shop', async () => {
  const session = await stripe.checkout.sessions.create({
    ...PAYMENT,
    metadata: { order: '7' },
    client_reference_id: 'c7',
  });
  expect(session).toMatchObject({
    object: 'checkout.session',
    status: 'open',
    payment_status: 'unpaid',
    amount_total: 2500,
    currency: 'eur',
    payment_intent: null,
    expires_at: session.created + 24 * 60 * 60,
  });
  expect(session.id).toMatch(/^cs_test_\w{58}$/);
  expect(session).not.toHaveProperty('line_items');
  const page = await visit(session.url as string);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Mug &lt;b&gt;&quot;&amp;&#39;');
  expect(page.text).toContain('€25.00');
  expect(page.text).not.toMatch(/<script|src=|<link/);
  const paid = await visit(session.url as string, CARD);
  expect([paid.status, paid.to]).toEqual([303, `https://shop.example/done?session=${session.id}`]);
  const after = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['line_items', 'payment_intent.latest_charge'],
  });
  expect(after).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    url: null,
    metadata: { order: '7' },
    customer_details: { email: 'ada@example.com', name: 'Ada' },
    line_items: { data: [{ description: 'Mug <b>"&\'', quantity: 2, amount_total: 2500 }] },
    payment_intent: {
      status: 'succeeded',
      amount: 2500,
      latest_charge: { billing_details: { email: 'ada@example.com' } },
    },
  });
  expect(await lastEvents(5)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'charge.updated',
    'checkout.session.completed',
  ]);
  expect((await visit(session.url as string)).to).toBe(`https://shop.example/done?session=${session.id}`);
  const items = await stripe.checkout.sessions.listLineItems(session.id, { limit: 5 });
  expect(items.data[0]?.price?.unit_amount).toBe(1250);
  expect((await stripe.checkout.sessions.list({ status: 'complete' })).data.map(({ id }) => id)).toContain(session.id);
});

it('shows a declined card in the page, and takes another one for the same payment', async () => {
  const session = await stripe.checkout.sessions.create(PAYMENT);
  const declined = await visit(session.url as string, { ...CARD, number: '4000000000009995' });
  expect(declined.status).toBe(402);
  expect(declined.text).toContain('role="alert" id="problem">Your card has insufficient funds.');
  expect(declined.text).toContain('value="ada@example.com"');
  const wrong = await visit(session.url as string, { ...CARD, expiry: 'soon' });
  expect(wrong.text).toContain('expiration date is incomplete');
  const mistyped = await visit(session.url as string, { ...CARD, number: '4242424242424241' });
  expect(mistyped.text).toContain('Your card number is incorrect.');
  expect((await visit(session.url as string, CARD)).status).toBe(303);
  const after = await stripe.checkout.sessions.retrieve(session.id);
  const charges = await stripe.charges.list({ payment_intent: after.payment_intent as string });
  expect(charges.data.map(({ status }) => status)).toEqual(['succeeded', 'failed']);
});

it('goes through 3-D Secure, and fails where that fails', async () => {
  const session = await stripe.checkout.sessions.create(PAYMENT);
  const asked = await visit(session.url as string, { ...CARD, number: '4000000000003220' });
  expect(asked.to).toContain('/pay/authenticate/pi_');
  expect((await visit(asked.to)).text).toContain('Complete authentication');
  const failed = await visit(asked.to, { answer: 'fail' });
  expect(failed.to).toContain('redirect_status=failed');
  const back = await visit(failed.to);
  expect([back.status, back.text.includes('failed authentication')]).toEqual([402, true]);
  const again = await visit(session.url as string, { ...CARD, number: '4000000000003220' });
  const done = await visit(again.to, { answer: 'complete' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  expect((await visit(done.to)).to).toBe(`https://shop.example/done?session=${session.id}`);
  const wrong = again.to.replace(/client_secret=.*/, 'client_secret=guessed');
  expect((await visit(wrong)).status).toBe(404);
});

it('does not bring back to life what the app has canceled', async () => {
  const session = await stripe.checkout.sessions.create(PAYMENT);
  await visit(session.url as string, { ...CARD, number: '4000000000000002' });
  const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
  await stripe.paymentIntents.cancel(payment_intent as string);
  const refused = await visit(session.url as string, CARD);
  expect([refused.status, refused.text.includes('it has a status of canceled')]).toEqual([400, true]);
  expect((await stripe.paymentIntents.retrieve(payment_intent as string)).status).toBe('canceled');
});

it('makes a customer where it is asked to, and uses the one it is given', async () => {
  const session = await stripe.checkout.sessions.create({ ...PAYMENT, customer_creation: 'always' });
  await visit(session.url as string, CARD);
  const { customer } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  expect(customer).toMatchObject({ email: 'ada@example.com', name: 'Ada' });
  // Nobody has said that the card is to be kept.
  expect((await stripe.paymentMethods.list({ customer: (customer as Stripe.Customer).id })).data).toEqual([]);
  const known = await stripe.customers.create({ email: 'bob@example.com', name: 'Bob' });
  const second = await stripe.checkout.sessions.create({
    ...PAYMENT,
    customer: known.id,
    payment_intent_data: { setup_future_usage: 'off_session', metadata: { a: '1' } },
  });
  expect((await visit(second.url as string)).text).toContain('bob@example.com');
  await visit(second.url as string, { ...CARD, email: 'bob@example.com' });
  expect((await stripe.paymentMethods.list({ customer: known.id })).data).toHaveLength(1);
  const [intent] = (await stripe.paymentIntents.list({ customer: known.id })).data;
  expect(intent).toMatchObject({ metadata: { a: '1' }, status: 'succeeded' });
});

async function setup(): Promise<{ readonly customer: string; readonly session: Stripe.Checkout.Session }> {
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' });
  const given = { mode: 'setup', currency: 'eur', success_url: 'https://shop.example/saved' } as const;
  return { customer, session: await stripe.checkout.sessions.create({ ...given, customer }) };
}

it('saves a card in setup mode', async () => {
  const { customer, session } = await setup();
  expect(session).toMatchObject({ payment_status: 'no_payment_required', amount_total: null });
  expect((await visit(session.url as string)).text).toContain('Save card');
  expect((await visit(session.url as string, CARD)).to).toBe('https://shop.example/saved');
  const after = await stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] });
  expect(after).toMatchObject({ status: 'complete', setup_intent: { status: 'succeeded', customer } });
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
});

it('makes a customer for a card that is saved, where it is asked to', async () => {
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'setup', currency: 'eur', customer_creation: 'always', success_url: 'https://shop.example/saved' },
  });
  expect(session).toMatchObject({ customer: null, customer_creation: 'always' });
  await visit(session.url as string, CARD);
  const { customer } = await stripe.checkout.sessions.retrieve(session.id, { expand: ['customer'] });
  expect(customer).toMatchObject({ email: 'ada@example.com' });
  expect((await stripe.customers.listPaymentMethods((customer as Stripe.Customer).id)).data).toHaveLength(1);
});

it('saves no card that declines or is not proven, and takes another for the same setup', async () => {
  const { customer, session } = await setup();
  const url = session.url as string;
  const declined = await visit(url, { ...CARD, number: '4000000000000002' });
  expect([declined.status, declined.text]).toEqual([402, expect.stringContaining('Your card was declined.')]);
  const asked = await visit(url, { ...CARD, number: '4000002500003155' });
  expect(asked.to).toContain('/pay/authenticate/seti_');
  const failed = await visit((await visit(asked.to, { answer: 'fail' })).to);
  expect([failed.status, failed.text]).toEqual([402, expect.stringContaining('authentication failed')]);
  expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
  const again = await visit(url, { ...CARD, number: '4000002500003155' });
  await visit(again.to, { answer: 'complete' });
  expect((await visit(url)).to).toBe('https://shop.example/saved');
  expect((await stripe.setupIntents.list({ customer })).data).toHaveLength(1);
  expect((await stripe.paymentMethods.list({ customer })).data).toHaveLength(1);
});

it('expires, when it is told to or by itself', async () => {
  const session = await stripe.checkout.sessions.create(PAYMENT);
  expect(await stripe.checkout.sessions.expire(session.id)).toMatchObject({ status: 'expired', url: null });
  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toThrow(/status of expired/);
  expect((await visit(session.url as string)).status).toBe(410);
  const other = await stripe.checkout.sessions.create(PAYMENT);
  served.clock.moveTo(served.clock.now() + 25 * 60 * 60 * 1000);
  expect((await stripe.checkout.sessions.retrieve(other.id)).status).toBe('expired');
  expect(await lastEvents(2)).toEqual(['checkout.session.expired', 'checkout.session.expired']);
  expect((await visit('http://localhost:1/pay/checkout/cs_none')).status).toBe(404);
});

it('refuses what does not go together', async () => {
  const create = (more: object) => stripe.checkout.sessions.create({ ...PAYMENT, ...more });
  await expect(create({ line_items: [] })).rejects.toMatchObject({ code: 'parameter_missing', param: 'line_items' });
  const monthly = { ...MUG.price_data, recurring: { interval: 'month' } };
  await expect(create({ line_items: [{ price_data: monthly, quantity: 1 }] })).rejects.toThrow(
    /passed a recurring price/,
  );
  await expect(create({ line_items: [{ price: 'price_none', quantity: 1 }] })).rejects.toMatchObject({
    code: 'resource_missing',
    param: 'line_items[0][price]',
  });
  const cheap = { ...MUG, price_data: { ...MUG.price_data, unit_amount: 24 } } as typeof MUG;
  await expect(create({ line_items: [cheap] })).rejects.toMatchObject({
    code: 'amount_too_small',
    message: "The Checkout Session's total amount due must add up to at least €0.50 eur",
  });
  const subscribing = { mode: 'subscription', line_items: [{ price_data: monthly, quantity: 1 }] };
  await expect(create({ ...subscribing, customer_creation: 'if_required' })).rejects.toMatchObject({
    param: 'customer_creation',
    message: '`customer_creation` can only be used in `payment` and `setup` mode.',
  });
  await expect(create({ expires_at: 1 })).rejects.toMatchObject({ param: 'expires_at' });
  await expect(create({ ui_mode: 'elements' })).rejects.toMatchObject({ headers: { 'x-devenv-unsupported': 'true' } });
  await expect(create({ ui_mode: 'window' })).rejects.toMatchObject({ param: 'ui_mode' });
});
