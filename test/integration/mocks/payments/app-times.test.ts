import { describe, expect, it } from 'vitest';
import { advanceTo, DAY, payingCustomer, priceOf } from '../../../support/billing.ts';
import { type ServedPayments, START_MS, servePayments } from '../../../support/payments.ts';

const HOUR = 3600;
const START = START_MS / 1000;
/** An app that computes with its own clock gives times such as these, whatever the mocks' clock says. */
const PLACES = [
  { place: 'on the fifth day, while the mocks stand still', wall: START + 4.75 * DAY, mocks: START },
  { place: 'where the mocks are ninety days ahead', wall: START + HOUR, mocks: START + 90 * DAY },
  { place: 'where both are the same', wall: START, mocks: START },
];

async function serveAt({ wall, mocks }: { wall: number; mocks: number }): Promise<ServedPayments> {
  const served = await servePayments({ wallClock: () => wall * 1000 });
  await advanceTo(served, mocks);
  return served;
}

describe.each(PLACES)('$place', ({ wall, mocks }) => {
  it("takes what Stripe's own examples give", async () => {
    await using served = await serveAt({ wall, mocks });
    const { stripe } = served;
    const customer = (await payingCustomer(served)).id;
    const items = [{ price: (await priceOf(served)).id }];
    const session = (expires_at: number) =>
      stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ ...items[0], quantity: 1 }],
        success_url: 'https://shop.example/done',
        expires_at,
        subscription_data: { trial_end: wall + 14 * DAY },
      });
    expect((await session(wall + 2 * HOUR)).expires_at).toBe(mocks + 2 * HOUR);
    expect((await session(wall + HOUR / 2)).expires_at).toBe(mocks + HOUR / 2);
    const { url } = await session(wall + HOUR);
    expect(url).toContain('/pay/checkout/');
    const subscription = await stripe.subscriptions.create({
      ...{ customer, items, trial_end: wall + 10 * DAY, cancel_at: wall + 20 * DAY },
    });
    // What is possible by the mocks' clock, such as a later day than was meant, is taken as it is.
    const meant = (days: number) => (wall >= mocks ? wall : mocks) + days * DAY;
    expect(subscription).toMatchObject({ trial_end: meant(10), cancel_at: meant(20) });
    const { id } = await stripe.subscriptions.create({ customer, items });
    const later = await stripe.subscriptions.update(id, {
      pause_collection: { behavior: 'void', resumes_at: wall + 30 * DAY },
      cancel_at: wall + 40 * DAY,
    });
    expect(later).toMatchObject({ cancel_at: meant(40), pause_collection: { resumes_at: meant(30) } });
    expect(await stripe.subscriptions.update(id, { trial_end: wall + 7 * DAY })).toMatchObject({ trial_end: meant(7) });
    const coupon = await stripe.coupons.create({ percent_off: 10, redeem_by: wall + 30 * DAY });
    expect(coupon.redeem_by).toBe(meant(30));
    const promotion = { type: 'coupon', coupon: coupon.id } as const;
    const code = await stripe.promotionCodes.create({ promotion, expires_at: wall + 20 * DAY });
    expect(code.expires_at).toBe(meant(20));
    const sent = { customer, collection_method: 'send_invoice' } as const;
    expect((await stripe.invoices.create({ ...sent, due_date: wall + 14 * DAY })).due_date).toBe(meant(14));
  });

  it('begins a cycle and prorates as of a time that is in the period', async () => {
    await using served = await serveAt({ wall, mocks });
    const { stripe } = served;
    const customer = (await payingCustomer(served)).id;
    const [price, dearer] = [await priceOf(served, 3100), await priceOf(served, 6200)];
    const anchored = await stripe.subscriptions.create({
      ...{ customer, items: [{ price: price.id }], proration_behavior: 'none' },
      billing_cycle_anchor: wall + 5 * DAY,
    });
    const meant = wall >= mocks ? wall : mocks;
    expect(anchored.billing_cycle_anchor).toBe(meant + 5 * DAY);
    const going = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    const { id, current_period_start: start, current_period_end: end } = going.items.data[0] ?? {};
    const prorated = { items: [{ id, price: dearer.id }], proration_date: wall };
    const { lines } = await stripe.invoices.createPreview({
      ...{ customer, subscription: going.id },
      subscription_details: { ...prorated, proration_behavior: 'always_invoice' },
    });
    const asOf = wall >= (start as number) && wall <= (end as number) ? wall : mocks;
    const rest = ((end as number) - asOf) / ((end as number) - (start as number));
    expect(lines.data.map(({ amount }) => amount)).toEqual([-Math.round(3100 * rest), Math.round(6200 * rest)]);
  });
});

it('refuses what is impossible by both clocks', async () => {
  const wall = START + 5 * DAY;
  await using served = await serveAt({ wall, mocks: START });
  const { stripe } = served;
  const customer = (await payingCustomer(served)).id;
  const items = [{ price: (await priceOf(served)).id }];
  for (const trial_end of [START - DAY, START]) {
    await expect(stripe.subscriptions.create({ customer, items, trial_end })).rejects.toMatchObject({
      param: 'trial_end',
    });
  }
  const session = { mode: 'subscription', success_url: 'https://shop.example/' } as const;
  const line_items = [{ price: items[0]?.price as string, quantity: 1 }];
  for (const expires_at of [START + 60, wall + 60, wall + 25 * HOUR, START + 25 * HOUR]) {
    await expect(stripe.checkout.sessions.create({ ...session, line_items, expires_at })).rejects.toMatchObject({
      param: 'expires_at',
    });
  }
  const subscription_data = { trial_end: START + DAY };
  await expect(stripe.checkout.sessions.create({ ...session, line_items, subscription_data })).rejects.toMatchObject({
    param: 'subscription_data[trial_end]',
  });
  await expect(stripe.coupons.create({ percent_off: 1, redeem_by: START - 1 })).rejects.toMatchObject({
    param: 'redeem_by',
  });
});

it('leaves to a test clock what lives by it', async () => {
  await using served = await serveAt({ wall: START + 400 * DAY, mocks: START });
  const { stripe } = served;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START + 500 * DAY });
  const customer = await payingCustomer(served, 'pm_card_visa', { test_clock: clock.id });
  const items = [{ price: (await priceOf(served)).id }];
  const trial_end = START + 410 * DAY;
  await expect(stripe.subscriptions.create({ customer: customer.id, items, trial_end })).rejects.toMatchObject({
    param: 'trial_end',
  });
});
