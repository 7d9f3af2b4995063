import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, eventTypes, payingCustomer, priceOf, seconds } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';

const END = seconds('2026-02-01T00:00:00');

/** A subscription for ten dollars a month, in the middle of January, and a price of thirty. */
async function subscribed(served: ServedPayments) {
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [basic, max] = [await priceOf(served, 1000), await priceOf(served, 3000, 'month', 'Max')];
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: basic.id }] });
  await advanceTo(served, seconds('2026-01-16T12:00:00'));
  const item = subscription.items.data[0]?.id as string;
  return { customer, basic, max, subscription, items: [{ id: item, price: max.id }] };
}

const sumsOf = ({ lines, subtotal, total, amount_due }: Stripe.Invoice) => ({
  lines: lines.data.map(({ amount, description, period }) => [amount, description, period.start, period.end]),
  subtotal,
  total,
  amount_due,
});

it('shows what a subscription renews with, and keeps nothing of it', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { customer, subscription } = await subscribed(served);
  const [events, count] = [(await eventTypes(served)).length, served.changes.length];
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
  expect(preview).toMatchObject({
    id: expect.stringMatching(/^upcoming_in_/),
    status: 'draft',
    billing_reason: 'upcoming',
    created: END,
    next_payment_attempt: END + 3600,
    period_start: subscription.created,
    period_end: END,
    total: 1000,
    lines: { data: [{ id: expect.stringMatching(/^il_tmp_/), amount: 1000, period: { start: END } }] },
    parent: { subscription_details: { subscription: subscription.id } },
  });
  expect(preview.parent?.subscription_details).not.toHaveProperty('subscription_proration_date');
  // The one that renews first, where none is named.
  expect(sumsOf(await stripe.invoices.createPreview({ customer: customer.id }))).toEqual(sumsOf(preview));
  expect(await eventTypes(served)).toHaveLength(events);
  expect(served.changes.slice(count).every((change) => change.is === 'called' && change.put.length === 0)).toBe(true);
  await expect(stripe.invoices.retrieve(preview.id)).rejects.toMatchObject({ code: 'resource_missing' });
  await advanceTo(served, END);
  const [renewed] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(sumsOf(renewed as Stripe.Invoice)).toEqual(sumsOf(preview));
});

it.each([
  ['always_invoice', -500 + 1500],
  ['create_prorations', -500 + 1500 + 3000],
  ['none', 3000],
] as const)('shows what an upgrade comes to, with %s, and the upgrade comes to it', async (behavior, total) => {
  await using served = await servePayments();
  const { stripe } = served;
  const { subscription, items } = await subscribed(served);
  const how = { items, proration_behavior: behavior, proration_date: seconds('2026-01-16T12:00:00') };
  const preview = await stripe.invoices.createPreview({ subscription: subscription.id, subscription_details: how });
  expect(preview.total).toBe(total);
  expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  const prorated = preview.lines.data.filter(({ parent }) => parent?.subscription_item_details?.proration);
  expect(prorated.map(({ amount }) => amount)).toEqual(behavior === 'none' ? [] : [-500, 1500]);
  expect(preview.parent?.subscription_details?.subscription_proration_date).toBe(
    behavior === 'none' ? undefined : how.proration_date,
  );
  await stripe.subscriptions.update(subscription.id, how);
  if (behavior !== 'always_invoice') await advanceTo(served, END);
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(sumsOf(invoice as Stripe.Invoice)).toEqual(sumsOf(preview));
});

it('shows a new interval, or one that begins now, as the invoice that comes at once', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { subscription, items } = await subscribed(served);
  const yearly = await priceOf(served, 10_000, 'year');
  const item = items[0]?.id as string;
  const other = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { items: [{ id: item, price: yearly.id }] },
  });
  expect(other.total).toBe(9500);
  expect(other.created).toBeLessThan(END);
  const anew = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { billing_cycle_anchor: { type: 'now' }, proration_behavior: 'none' },
  });
  expect(anew.total).toBe(1000);
});

it('shows a subscription that a customer does not have yet, with a coupon and something else to pay', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create();
  const price = await priceOf(served);
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' });
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription_details: { items: [{ price: price.id, quantity: 2 }] },
    discounts: [{ coupon: coupon.id }],
    invoice_items: [{ amount: 400, description: 'Setup' }],
  });
  expect(preview).toMatchObject({ subtotal: 2400, total: 1800, customer: customer.id });
  expect(preview.total_discount_amounts).toEqual([expect.objectContaining({ amount: 600 })]);
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
  const tried = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription_details: { items: [{ price: price.id }], trial_end: seconds('2026-01-20T00:00:00') },
  });
  expect(tried).toMatchObject({ total: 0, lines: { data: [{ description: 'Trial period for Pro' }] } });
});

it('shows a discount in place of those that a subscription has, and names what it expands', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { subscription, items } = await subscribed(served);
  await stripe.coupons.create({ id: 'HALF', percent_off: 50, duration: 'forever' });
  await stripe.coupons.create({ id: 'FIVER', amount_off: 500, currency: 'usd', duration: 'once' });
  await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: 'HALF' }] });
  const preview = (more: Stripe.InvoiceCreatePreviewParams) =>
    stripe.invoices.createPreview({ subscription: subscription.id, ...more });
  const upgrade = { subscription_details: { items, proration_behavior: 'none' } } as const;
  expect((await preview(upgrade)).total).toBe(1500);
  const other = await preview({ ...upgrade, discounts: [{ coupon: 'FIVER' }], expand: ['discounts'] });
  expect([other.total, other.discounts]).toEqual([2500, [expect.objectContaining({ source: expect.anything() })]]);
  expect((await preview({ ...upgrade, discounts: '' })).total).toBe(3000);
});

it('shows what waits for an invoice, and says where nothing will come', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { customer, subscription } = await subscribed(served);
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  const none = { statusCode: 404, code: 'invoice_upcoming_none' };
  await expect(stripe.invoices.createPreview({ subscription: subscription.id })).rejects.toMatchObject(none);
  await stripe.subscriptions.cancel(subscription.id);
  await expect(stripe.invoices.createPreview({ customer: customer.id })).rejects.toMatchObject(none);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: 'usd' });
  expect(await stripe.invoices.createPreview({ customer: customer.id })).toMatchObject({ total: 700 });
  const stranger = await payingCustomer(served);
  const wrong = stripe.invoices.createPreview({ customer: stranger.id, subscription: subscription.id });
  await expect(wrong).rejects.toMatchObject({ param: 'subscription' });
  const recurring = stripe.invoices.createPreview({ customer: customer.id, preview_mode: 'recurring' });
  await expect(recurring).rejects.toMatchObject({ headers: { 'x-devenv-unsupported': 'true' } });
});

it('lives by the test clock of its customer', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds('2030-01-01T00:00:00') });
  const customer = await payingCustomer(served, 'pm_card_visa', { test_clock: clock.id });
  const price = await priceOf(served);
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const preview = await stripe.invoices.createPreview({ customer: customer.id });
  expect(preview).toMatchObject({ created: seconds('2030-02-01T00:00:00'), total: 1000 });
});
