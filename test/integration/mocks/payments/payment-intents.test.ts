import Stripe from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clientOf, KEYS, type ServedPayments, servePayments } from '../../../support/payments.ts';

let served: ServedPayments;
let stripe: Stripe;
beforeAll(async () => {
  served = await servePayments();
  stripe = served.stripe;
});
afterAll(() => served[Symbol.asyncDispose]());

const TWELVE = { amount: 1200, currency: 'eur', allowed_payment_method_types: ['card'] };

/** Types of the events that tell of an object or of what belongs to it, oldest first. */
async function eventsOf(id: string): Promise<string[]> {
  const all = await stripe.events.list({ limit: 100 });
  const of = all.data.filter(({ data }) => {
    const object = data.object as { id?: string; payment_intent?: string };
    return object.id === id || object.payment_intent === id;
  });
  return of.map(({ type }) => type).reverse();
}

async function failing(attempt: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  return attempt.then(
    () => expect.fail('it was to fail'),
    (error: Stripe.errors.StripeError) => error,
  );
}

it('is created, confirmed and paid', async () => {
  const created = await stripe.paymentIntents.create({ ...TWELVE, metadata: { order: '7' } });
  expect(created).toMatchObject({
    status: 'requires_payment_method',
    amount: 1200,
    currency: 'eur',
    latest_charge: null,
  });
  expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret_\\w+$`));
  await expect(stripe.paymentIntents.confirm(created.id)).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  const ready = await stripe.paymentIntents.update(created.id, { payment_method: 'pm_card_visa', amount: 1300 });
  expect(ready).toMatchObject({
    status: 'requires_confirmation',
    payment_method: expect.stringMatching(/^pm_\w{24}$/),
  });
  const paid = await stripe.paymentIntents.confirm(created.id, { expand: ['latest_charge.balance_transaction'] });
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1300, next_action: null });
  const charge = paid.latest_charge as Stripe.Charge;
  expect(charge).toMatchObject({
    paid: true,
    captured: true,
    status: 'succeeded',
    amount_captured: 1300,
    metadata: { order: '7' },
    balance_transaction: { amount: 1300, fee: 68, net: 1232, type: 'charge' },
    payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', three_d_secure: null } },
    outcome: { type: 'authorized', risk_level: 'normal' },
  });
  expect(await eventsOf(created.id)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
    'charge.updated',
  ]);
  expect(
    served.mocks.calls.find(({ answer }) => answer.told.summary.startsWith('confirm') && answer.told.money)?.answer
      .told,
  ).toMatchObject({
    summary: `confirm ${created.id} → succeeded`,
    money: { amount: 1300, currency: 'eur' },
  });
  await expect(stripe.paymentIntents.confirm(created.id)).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
    payment_intent: { id: created.id, status: 'succeeded' },
  });
  await expect(stripe.paymentIntents.confirm(created.id, { payment_method: 'pm_card_visa' })).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  await expect(stripe.paymentIntents.cancel(created.id)).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
});

it.each([
  ['4000000000000002', 'card_declined', 'generic_decline'],
  ['4000000000009995', 'card_declined', 'insufficient_funds'],
  ['4000000000009987', 'card_declined', 'lost_card'],
  ['4000000000009979', 'card_declined', 'stolen_card'],
  ['4000000000006975', 'card_declined', 'card_velocity_exceeded'],
  ['4100000000000019', 'card_declined', 'fraudulent'],
  ['4000000000000069', 'expired_card', ''],
  ['4000000000000127', 'incorrect_cvc', ''],
  ['4000000000000119', 'processing_error', ''],
])('declines %s as %s %s, and can be paid with another card', async (number, code, decline_code) => {
  const intent = await stripe.paymentIntents.create(TWELVE);
  const card = { number, exp_month: 12, exp_year: 2030, cvc: '123' };
  const error = await failing(
    stripe.paymentIntents.confirm(intent.id, { payment_method_data: { type: 'card', card } as never }),
  );
  expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
  expect(error).toMatchObject({
    statusCode: 402,
    code,
    decline_code,
    charge: expect.stringMatching(/^ch_/),
    payment_intent: { id: intent.id, status: 'requires_payment_method' },
  });
  const after = await stripe.paymentIntents.retrieve(intent.id);
  expect(after).toMatchObject({
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: { code },
  });
  expect(await stripe.charges.retrieve(error.charge as string)).toMatchObject({
    status: 'failed',
    failure_code: code,
    paid: false,
  });
  expect(await eventsOf(intent.id)).toEqual([
    'payment_intent.created',
    'charge.failed',
    'payment_intent.payment_failed',
  ]);
  const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_mastercard' });
  expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
  expect((await stripe.charges.list({ payment_intent: intent.id })).data.map(({ status }) => status)).toEqual([
    'succeeded',
    'failed',
  ]);
});

it.each([
  ['4242424242424241', 12, 2030, 'incorrect_number'],
  ['4242', 12, 2030, 'invalid_number'],
  ['4242424242424242', 13, 2030, 'invalid_expiry_month'],
  ['4242424242424242', 12, 2020, 'invalid_expiry_year'],
  ['4532015112830366', 12, 2030, 'card_declined'],
])('refuses a card %s that expires %s/%s: %s', async (number, exp_month, exp_year, code) => {
  const error = await failing(
    stripe.paymentMethods.create({ type: 'card', card: { number, exp_month, exp_year, cvc: '123' } }),
  );
  expect(error).toMatchObject({ type: 'StripeCardError', code });
});

it('asks for 3-D Secure with a page of the mock, or through the stand-in of Stripe.js', async () => {
  const confirmed = await stripe.paymentIntents.create({
    ...TWELVE,
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url: 'https://shop.example/done?order=1',
  });
  expect(confirmed).toMatchObject({
    status: 'requires_action',
    next_action: {
      type: 'redirect_to_url',
      redirect_to_url: {
        return_url: 'https://shop.example/done?order=1',
        url: `http://localhost:1/pay/authenticate/${confirmed.id}?client_secret=${confirmed.client_secret}`,
      },
    },
  });
  expect(await eventsOf(confirmed.id)).toEqual(['payment_intent.created', 'payment_intent.requires_action']);
  const without = await stripe.paymentIntents.create({
    ...TWELVE,
    payment_method: 'pm_card_authenticationRequired',
    confirm: true,
  });
  expect(without.next_action?.type).toBe('use_stripe_sdk');
});

it('asks a server that confirms where a redirect would lead back to', async () => {
  const dashboard = { amount: 1200, currency: 'eur', payment_method: 'pm_card_visa' } as const;
  const settings = { payment_method: 'pm_card_visa' } as const;
  const on = (allow_redirects: 'always' | 'never') => ({
    automatic_payment_methods: { enabled: true, allow_redirects },
  });
  for (const more of [{}, { automatic_payment_methods: { enabled: true } }, on('always')]) {
    const wrong = {
      statusCode: 400,
      message: expect.stringMatching(/might redirect .* you must provide a `return_url`/),
    };
    await expect(stripe.paymentIntents.create({ ...dashboard, ...more, confirm: true })).rejects.toMatchObject(wrong);
    await expect(stripe.setupIntents.create({ ...settings, ...more, confirm: true })).rejects.toMatchObject(wrong);
    const [intent, setup] = [
      await stripe.paymentIntents.create({ ...dashboard, ...more }),
      await stripe.setupIntents.create({ ...settings, ...more }),
    ];
    await expect(stripe.paymentIntents.confirm(intent.id)).rejects.toMatchObject(wrong);
    await expect(stripe.setupIntents.confirm(setup.id)).rejects.toMatchObject(wrong);
    const return_url = 'https://shop.example/done';
    expect((await stripe.paymentIntents.confirm(intent.id, { return_url })).status).toBe('succeeded');
    expect((await stripe.setupIntents.confirm(setup.id, { return_url })).status).toBe('succeeded');
  }
  for (const more of [on('never'), { allowed_payment_method_types: ['card'] as const }]) {
    const paid = await stripe.paymentIntents.create({ ...dashboard, ...more, confirm: true } as never);
    expect(paid.status).toBe('succeeded');
    const saved = await stripe.setupIntents.create({ ...settings, ...more, confirm: true } as never);
    expect(saved.status).toBe('succeeded');
  }
  const off = await stripe.paymentIntents.create({ ...dashboard, off_session: true, confirm: true });
  expect(off.automatic_payment_methods).toEqual({ enabled: true, allow_redirects: 'always' });
  const named = await stripe.paymentIntents.create({ ...dashboard, allowed_payment_method_types: ['card'] });
  expect(named.automatic_payment_methods).toBeNull();
});

it('declines off the session what somebody would have to authenticate', async () => {
  const { id: customer } = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer });
  const error = await failing(
    stripe.paymentIntents.create({ ...TWELVE, customer, payment_method: method.id, off_session: true, confirm: true }),
  );
  expect(error).toMatchObject({
    statusCode: 402,
    code: 'authentication_required',
    decline_code: 'authentication_required',
  });
  expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', customer });
});

it('holds money, captures a part of it and lets the rest go', async () => {
  const held = await stripe.paymentIntents.create({
    ...TWELVE,
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 1200, amount_received: 0 });
  await expect(stripe.paymentIntents.capture(held.id, { amount_to_capture: 1201 })).rejects.toMatchObject({
    code: 'amount_too_large',
  });
  const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 700, expand: ['latest_charge'] });
  expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 700 });
  expect(captured.latest_charge).toMatchObject({ captured: true, amount: 1200, amount_captured: 700 });
  await expect(stripe.paymentIntents.capture(held.id)).rejects.toMatchObject({
    code: 'payment_intent_unexpected_state',
  });
  expect(await eventsOf(held.id)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'charge.captured',
    'payment_intent.succeeded',
  ]);
});

it('is canceled, and lets go what was held; by itself after seven days', async () => {
  const manual = { ...TWELVE, capture_method: 'manual', payment_method: 'pm_card_visa', confirm: true } as const;
  const held = await stripe.paymentIntents.create(manual);
  const canceled = await stripe.paymentIntents.cancel(held.id, { cancellation_reason: 'duplicate' });
  expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'duplicate', amount_capturable: 0 });
  expect(await stripe.charges.retrieve(held.latest_charge as string)).toMatchObject({
    refunded: true,
    amount_refunded: 1200,
  });
  const forgotten = await stripe.paymentIntents.create(manual);
  served.clock.moveTo(served.clock.now() + 8 * 24 * 60 * 60 * 1000);
  await served.payments.settle();
  const expired = await stripe.paymentIntents.retrieve(forgotten.id);
  expect(expired).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
  expect(expired.canceled_at).toBe(forgotten.created + 7 * 24 * 60 * 60);
  expect((await eventsOf(forgotten.id)).slice(-2)).toEqual(['charge.expired', 'payment_intent.canceled']);
});

it('saves what was paid with, for later use off the session', async () => {
  const { id: customer } = await stripe.customers.create();
  const paid = await stripe.paymentIntents.create({
    ...TWELVE,
    customer,
    payment_method: 'pm_card_visa',
    setup_future_usage: 'off_session',
    confirm: true,
  });
  const [saved] = (await stripe.paymentMethods.list({ customer, type: 'card' })).data;
  expect(saved?.id).toBe(paid.payment_method);
  const again = { ...TWELVE, customer, payment_method: saved?.id as string, off_session: true, confirm: true };
  expect((await stripe.paymentIntents.create(again)).status).toBe('succeeded');
  expect((await stripe.paymentIntents.list({ customer })).data).toHaveLength(2);
});

it('pays once with what belongs to nobody', async () => {
  const { id } = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
  await stripe.paymentIntents.create({ ...TWELVE, payment_method: id, confirm: true });
  const error = await failing(stripe.paymentIntents.create({ ...TWELVE, payment_method: id, confirm: true }));
  expect(error.message).toContain('previously used');
});

it('refuses amounts, currencies and types as Stripe does', async () => {
  await expect(stripe.paymentIntents.create({ amount: 49, currency: 'usd' })).rejects.toMatchObject({
    code: 'amount_too_small',
    message: 'Amount must be at least $0.50 usd',
  });
  await expect(stripe.paymentIntents.create({ amount: 1000 } as never)).rejects.toMatchObject({
    code: 'parameter_missing',
    param: 'currency',
  });
  await expect(stripe.paymentIntents.create({ amount: 1000, currency: 'euro' })).rejects.toMatchObject({
    param: 'currency',
  });
  await expect(
    stripe.paymentIntents.create({ amount: 1000, currency: 'eur', capture_method: 'later' as never }),
  ).rejects.toMatchObject({ param: 'capture_method', message: expect.stringContaining('must be one of') });
  const error = await failing(
    stripe.paymentIntents.create({ ...TWELVE, allowed_payment_method_types: ['sepa_debit'] }),
  );
  expect(error.headers).toMatchObject({ 'x-devenv-unsupported': 'true' });
});

it('is seen by a browser with the publishable key and its secret, and by no other', async () => {
  const browser = clientOf(served.mocks.url, KEYS.publishable);
  const { id, client_secret } = await stripe.paymentIntents.create(TWELVE);
  expect((await browser.paymentIntents.retrieve(id, { client_secret: client_secret as string })).id).toBe(id);
  await expect(browser.paymentIntents.retrieve(id)).rejects.toMatchObject({ param: 'client_secret' });
  await expect(browser.paymentIntents.list()).rejects.toMatchObject({ code: 'secret_key_required' });
  const paid = await browser.paymentIntents.confirm(id, { client_secret, payment_method: 'pm_card_visa' } as never);
  expect(paid.status).toBe('succeeded');
});

it('expands what is asked for, in lists too', async () => {
  const { id: customer } = await stripe.customers.create({ name: 'Ada' });
  const paid = await stripe.paymentIntents.create({
    ...TWELVE,
    customer,
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  const { data } = await stripe.paymentIntents.list({
    customer,
    expand: ['data.customer', 'data.latest_charge.refunds'],
  });
  expect(data[0]).toMatchObject({
    id: paid.id,
    customer: { name: 'Ada' },
    latest_charge: { refunds: { object: 'list', data: [] } },
  });
  await expect(stripe.paymentIntents.retrieve(paid.id, { expand: ['currency'] })).rejects.toMatchObject({
    message: 'This property cannot be expanded (currency).',
  });
  const deep = { expand: ['a.b.c.d.e'] };
  await expect(stripe.paymentIntents.retrieve(paid.id, deep)).rejects.toMatchObject({ param: 'expand' });
});
