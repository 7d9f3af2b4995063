import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';
import { visit } from '../../../support/visit.ts';

let served: ServedPayments;
let stripe: Stripe;
beforeAll(async () => {
  served = await servePayments();
  stripe = served.stripe;
});
afterAll(() => served[Symbol.asyncDispose]());

it('attaches, lists, updates and detaches payment methods', async () => {
  const { id: customer } = await stripe.customers.create();
  const created = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: '5555 5555 5555 4444', exp_month: 3, exp_year: 31, cvc: '123' },
    billing_details: { name: 'Ada', address: { city: 'Berlin' } },
  });
  expect(created).toMatchObject({
    customer: null,
    card: { brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2031, funding: 'credit' },
    billing_details: { name: 'Ada', email: null, address: { city: 'Berlin', country: null } },
  });
  expect((await stripe.paymentMethods.attach(created.id, { customer })).customer).toBe(customer);
  const second = await stripe.paymentMethods.attach('pm_card_visa', { customer });
  const listed = await stripe.customers.listPaymentMethods(customer, { type: 'card' });
  expect(listed.data.map(({ id }) => id)).toEqual([second.id, created.id]);
  expect((await stripe.customers.retrievePaymentMethod(customer, created.id)).id).toBe(created.id);
  const updated = await stripe.paymentMethods.update(created.id, { metadata: { a: '1' }, card: { exp_year: 2032 } });
  expect(updated).toMatchObject({ metadata: { a: '1' }, card: { exp_month: 3, exp_year: 2032 } });
  expect((await stripe.paymentMethods.detach(created.id)).customer).toBeNull();
  await expect(stripe.paymentMethods.attach(created.id, { customer })).rejects.toThrow(/may not be used again/);
  expect((await stripe.paymentMethods.list({ customer })).data.map(({ id }) => id)).toEqual([second.id]);
  await expect(stripe.paymentMethods.retrieve('pm_none')).rejects.toMatchObject({
    message: "No such PaymentMethod: 'pm_none'",
  });
});

it('does not save cards that decline, save the one that declines later', async () => {
  const { id: customer } = await stripe.customers.create();
  await expect(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer })).rejects.toMatchObject({
    statusCode: 402,
    code: 'card_declined',
    decline_code: 'generic_decline',
  });
  const { id } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  const pay = { amount: 1000, currency: 'usd', customer, payment_method: id, off_session: true, confirm: true };
  await expect(stripe.paymentIntents.create(pay)).rejects.toMatchObject({ code: 'card_declined' });
});

it('sets up a card for later', async () => {
  const { id: customer } = await stripe.customers.create({ payment_method: 'pm_card_visa' });
  const setup = await stripe.setupIntents.create({ customer, allowed_payment_method_types: ['card'] });
  expect(setup).toMatchObject({ status: 'requires_payment_method', usage: 'off_session' });
  await stripe.setupIntents.update(setup.id, { metadata: { a: '1' }, description: 'later' });
  const done = await stripe.setupIntents.confirm(setup.id, {
    payment_method: 'pm_card_mastercard',
    expand: ['payment_method', 'latest_attempt'],
  });
  expect(done).toMatchObject({
    status: 'succeeded',
    latest_attempt: {
      id: expect.stringMatching(/^setatt_\w{24}$/),
      status: 'succeeded',
      setup_intent: setup.id,
      payment_method_details: { card: { brand: 'mastercard', last4: '4444', three_d_secure: null } },
    },
    metadata: { a: '1' },
    payment_method: { customer, card: { brand: 'mastercard' } },
  });
  await expect(stripe.setupIntents.cancel(setup.id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
  const types = (await stripe.events.list({ types: ['setup_intent.*' as never] })).data.map(({ type }) => type);
  expect(types).toEqual(['setup_intent.succeeded', 'setup_intent.created']);
  const other = await stripe.setupIntents.create({ customer });
  expect((await stripe.setupIntents.cancel(other.id, { cancellation_reason: 'abandoned' })).status).toBe('canceled');
  expect((await stripe.setupIntents.list({ customer })).data.map(({ id }) => id)).toEqual([other.id, setup.id]);
});

it('fails to set up a card that declines, and asks for 3-D Secure', async () => {
  const setup = await stripe.setupIntents.create({
    payment_method: 'pm_card_chargeDeclined',
    allowed_payment_method_types: ['card'],
  });
  await expect(stripe.setupIntents.confirm(setup.id)).rejects.toMatchObject({
    code: 'card_declined',
    setup_intent: { id: setup.id, status: 'requires_payment_method' },
  });
  await stripe.setupIntents.confirm(setup.id, { payment_method: 'pm_card_visa' });
  expect((await stripe.setupAttempts.list({ setup_intent: setup.id })).data).toMatchObject([
    { status: 'succeeded', setup_error: null },
    { status: 'failed', setup_error: { code: 'card_declined' } },
  ]);
  const asked = await stripe.setupIntents.create({
    payment_method: 'pm_card_authenticationRequiredOnSetup',
    confirm: true,
    return_url: 'https://shop.example/',
  });
  expect(asked).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
  const attempts = async () => (await stripe.setupAttempts.list({ setup_intent: asked.id })).data;
  const [waiting] = await attempts();
  expect(waiting).toMatchObject({ id: asked.latest_attempt, status: 'requires_action' });
  await visit(served, asked.next_action?.redirect_to_url?.url as string, { answer: 'complete' });
  expect(await attempts()).toMatchObject([
    {
      id: waiting?.id,
      status: 'succeeded',
      payment_method_details: { card: { three_d_secure: { version: '2.2.0' } } },
    },
  ]);
});

it('pays back a part, another one, and never more than was captured', async () => {
  const paid = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    payment_method: 'pm_card_visa',
    confirm: true,
    return_url: 'https://shop.example/',
  });
  const first = await stripe.refunds.create({ payment_intent: paid.id, amount: 300, reason: 'requested_by_customer' });
  expect(first).toMatchObject({
    status: 'succeeded',
    amount: 300,
    charge: paid.latest_charge,
    reason: 'requested_by_customer',
  });
  await expect(stripe.refunds.create({ payment_intent: paid.id, amount: 701 })).rejects.toMatchObject({
    message: 'Refund amount ($7.01) is greater than unrefunded amount on charge ($7.00)',
  });
  const rest = await stripe.refunds.create({ charge: paid.latest_charge as string, metadata: { a: '1' } });
  expect(rest.amount).toBe(700);
  await expect(stripe.refunds.create({ payment_intent: paid.id })).rejects.toMatchObject({
    code: 'charge_already_refunded',
  });
  const charge = await stripe.charges.retrieve(paid.latest_charge as string, { expand: ['refunds'] });
  expect(charge).toMatchObject({
    refunded: true,
    amount_refunded: 1000,
    refunds: { data: [{ id: rest.id }, { id: first.id }] },
  });
  expect((await stripe.refunds.list({ payment_intent: paid.id })).data).toHaveLength(2);
  expect((await stripe.refunds.update(first.id, { metadata: { b: '2' } })).metadata).toEqual({ b: '2' });
  const types = (await stripe.events.list({ limit: 5 })).data.map(({ type }) => type);
  expect(types).toEqual(['refund.updated', 'charge.refunded', 'refund.created', 'charge.refunded', 'refund.created']);
  const { pending } = await stripe.balance.retrieve();
  expect(pending.find(({ currency }) => currency === 'usd')?.amount).toBe(-59);
});

it('does not refund what was not captured', async () => {
  const held = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    capture_method: 'manual',
    payment_method: 'pm_card_visa',
    confirm: true,
    return_url: 'https://shop.example/',
  });
  await expect(stripe.refunds.create({ payment_intent: held.id })).rejects.toThrow(/successful charge/);
  await expect(stripe.refunds.create({ charge: held.latest_charge as string })).rejects.toThrow(/not been captured/);
  await expect(stripe.refunds.create({})).rejects.toMatchObject({ code: 'parameter_missing' });
});

it('says of test cards whose doings it does not have that it does not', async () => {
  const card = { number: '4000000000000259', exp_month: 12, exp_year: 2030, cvc: '123' };
  const unsupported = { headers: { 'x-devenv-unsupported': 'true' }, message: expect.stringContaining('disputes') };
  await expect(stripe.paymentMethods.create({ type: 'card', card })).rejects.toMatchObject(unsupported);
  await expect(
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_createDispute',
      confirm: true,
    }),
  ).rejects.toMatchObject(unsupported);
  const risky = await stripe.paymentMethods.retrieve('pm_card_riskLevelHighest');
  expect(risky.card?.last4).toBe('4954');
});
