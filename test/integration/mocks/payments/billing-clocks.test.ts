import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, payingCustomer, priceOf, seconds } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';

/** Of much text, so that a difference is told in a line; without the keys that the library makes up for its retries. */
function digest(value: unknown): string {
  const text = JSON.stringify(value).replaceAll(/stripe-node-retry-[\w-]+/g, 'key');
  return createHash('sha256').update(text).digest('hex');
}

const START = seconds('2030-05-31T10:00:00');

it('lives through a year of a monthly subscription by a test clock, two months at a time', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START, name: 'a year' });
  const customer = await payingCustomer(served, 'pm_card_visa', { test_clock: clock.id });
  expect([customer.created, customer.test_clock]).toEqual([START, clock.id]);
  const price = await priceOf(served);
  const { id, created } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  expect(created).toBe(START);
  const tooFar = stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds('2030-08-01T00:00:00') });
  await expect(tooFar).rejects.toMatchObject({ param: 'frozen_time' });
  for (const day of [
    '2030-07-31',
    '2030-09-30',
    '2030-11-30',
    '2031-01-30',
    '2031-03-28',
    '2031-05-28',
    '2031-06-01',
  ]) {
    const frozen_time = seconds(`${day}T09:00:00`);
    const advancing = await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time });
    expect(advancing).toMatchObject({
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: frozen_time } },
    });
    expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time });
  }
  const { data } = await stripe.invoices.list({ subscription: id, limit: 100 });
  expect(data).toHaveLength(13);
  expect(data.every(({ status, test_clock }) => status === 'paid' && test_clock === clock.id)).toBe(true);
  const [renewed] = data;
  expect(renewed?.created).toBe(seconds('2031-05-31T10:00:00'));
  const events = await stripe.events.list({ type: 'invoice.paid' });
  expect(events.data[0]?.created).toBe(seconds('2031-05-31T11:00:00'));
  // What doesn't live by the clock has seen nothing of it.
  expect(served.clock.now()).toBeLessThan(Date.UTC(2026, 0, 2));
  await stripe.testHelpers.testClocks.del(clock.id);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
});

it('leaves alone what lives by a test clock when the environment goes on, and the other way round', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const frozen = await payingCustomer(served, 'pm_card_visa', { test_clock: clock.id });
  const plain = await payingCustomer(served);
  const price = await priceOf(served);
  const begin = async ({ id }: Stripe.Customer) =>
    (await stripe.subscriptions.create({ customer: id, items: [{ price: price.id }] })).id;
  const [still, going] = [await begin(frozen), await begin(plain)];
  const countOf = async (subscription: string) =>
    (await stripe.invoices.list({ subscription, limit: 100 })).data.length;
  await advanceTo(served, seconds('2027-01-02T00:00:00'));
  expect([await countOf(still), await countOf(going)]).toEqual([1, 13]);
  await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: START + 40 * DAY });
  expect([await countOf(still), await countOf(going)]).toEqual([2, 13]);
});

it('goes on from the journal in the middle of a year as if nothing had been', async () => {
  const middle = seconds('2026-07-15T00:00:00');
  const end = seconds('2027-01-15T00:00:00');
  const live = async (served: ServedPayments): Promise<void> => {
    const { stripe } = served;
    const price = await priceOf(served);
    const customer = await payingCustomer(served);
    await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }], trial_period_days: 30 });
    const failing = await payingCustomer(served, 'pm_card_chargeCustomerFail');
    await stripe.subscriptions.create({ customer: failing.id, items: [{ price: price.id }], trial_period_days: 190 });
    await advanceTo(served, middle);
  };
  const stateOf = ({ payments }: ServedPayments) => digest([...payments.state()]);
  await using whole = await servePayments();
  await live(whole);
  const then = stateOf(whole);
  await using replayed = await servePayments({ earlier: [...whole.changes] });
  replayed.clock.moveTo(middle * 1000);
  expect(stateOf(replayed)).toBe(then);
  await using compacted = await servePayments({ earlier: [...whole.payments.state()] });
  for (const served of [whole, replayed, compacted]) await advanceTo(served, end);
  expect(stateOf(replayed)).toBe(stateOf(whole));
  expect(stateOf(compacted)).toBe(stateOf(whole));
  const { data } = await replayed.stripe.subscriptions.list({ status: 'all' });
  expect(data.map(({ status }) => status)).toEqual(['canceled', 'active']);
});

it('gives the same bytes each time', async () => {
  const bytes: string[] = [];
  for (let run = 0; run < 2; run++) {
    await using served = await servePayments();
    const { stripe } = served;
    const customer = await payingCustomer({ stripe });
    const price = await priceOf({ stripe });
    await stripe.coupons.create({ id: 'TEN', percent_off: 10, duration: 'forever' });
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ coupon: 'TEN' }],
    });
    await advanceTo(served, seconds('2027-01-15T00:00:00'));
    await stripe.subscriptions.cancel(id);
    bytes.push(digest(served.changes));
  }
  expect(bytes[1]).toBe(bytes[0]);
});

it('advances by ten years of renewals', async () => {
  await using served = await servePayments();
  const { stripe, payments } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  // A call that comes meanwhile sees all of it.
  const advanced = payments.stripe.advance?.(Date.UTC(2036, 0, 2));
  const meanwhile = stripe.invoices.list({ subscription: id, limit: 100 }).autoPagingToArray({ limit: 1000 });
  await advanced;
  expect(await meanwhile).toHaveLength(121);
});

it('forgets idempotency keys after a day', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const create = () => stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'one' });
  const first = await create();
  await advanceTo(served, seconds('2026-01-01T23:59:00'));
  expect((await create()).id).toBe(first.id);
  await advanceTo(served, seconds('2026-01-02T00:01:00'));
  expect((await create()).id).not.toBe(first.id);
});
