import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, eventTypes, payingCustomer, priceOf, seconds } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';

it('begins active where the card pays, and tells so in the order of Stripe', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const before = (await eventTypes(served)).length;
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 2 }],
    expand: ['latest_invoice.payments.data.payment.payment_intent', 'items.data.price.product'],
    metadata: { plan: 'pro' },
  });
  expect(subscription).toMatchObject({ status: 'active', currency: 'usd', metadata: { plan: 'pro' }, ended_at: null });
  const [item] = subscription.items.data;
  expect(item).toMatchObject({
    quantity: 2,
    current_period_start: subscription.created,
    current_period_end: seconds('2026-02-01T00:00:00'),
    price: { id: price.id, product: { name: 'Pro' } },
    plan: { id: price.id, interval: 'month', amount: 1000 },
  });
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  expect(invoice).toMatchObject({
    status: 'paid',
    amount_paid: 2000,
    billing_reason: 'subscription_create',
    parent: { subscription_details: { subscription: subscription.id, metadata: { plan: 'pro' } } },
    lines: { data: [{ amount: 2000, description: '2 × Pro (at $10.00 / month)', quantity: 2 }] },
    payments: { data: [{ payment: { payment_intent: { status: 'succeeded', amount: 2000 } } }] },
  });
  expect(await eventTypes(served, before)).toEqual([
    'customer.subscription.created',
    'customer.updated',
    'invoice.created',
    'payment_intent.created',
    'invoice.finalized',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice_payment.paid',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
  const [created] = (await stripe.events.list({ type: 'customer.subscription.created' })).data;
  expect(created?.data.object).toMatchObject({ id: subscription.id, status: 'active', latest_invoice: invoice.id });
  const kept = await stripe.customers.retrieve(customer.id, { expand: ['subscriptions'] });
  expect((kept as Stripe.Customer).subscriptions?.data.map(({ id }) => id)).toEqual([subscription.id]);
});

it('waits for a browser to pay, and expires after 23 hours if none does', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create();
  const price = await priceOf(served);
  const begin = () =>
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret'],
    });
  const [paid, left] = [await begin(), await begin()];
  expect([paid.status, left.status]).toEqual(['incomplete', 'incomplete']);
  const secret = (paid.latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret as string;
  await stripe.paymentIntents.confirm(secret.split('_secret_')[0] as string, {
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
  });
  const active = await stripe.subscriptions.retrieve(paid.id, { expand: ['default_payment_method'] });
  expect(active).toMatchObject({ status: 'active', default_payment_method: { customer: customer.id } });
  const [updated] = (await stripe.events.list({ type: 'customer.subscription.updated' })).data;
  expect(updated?.data.previous_attributes).toEqual({ status: 'incomplete', default_payment_method: null });
  await advanceTo(served, left.created + 23 * 3600 - 1);
  expect((await stripe.subscriptions.retrieve(left.id)).status).toBe('incomplete');
  await advanceTo(served, left.created + 23 * 3600);
  const expired = await stripe.subscriptions.retrieve(left.id, { expand: ['latest_invoice'] });
  expect(expired).toMatchObject({ status: 'incomplete_expired', latest_invoice: { status: 'void' } });
  expect((await stripe.subscriptions.retrieve(paid.id)).status).toBe('active');
});

it('does with a card that declines what payment_behavior says', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await priceOf(served);
  const customer = await payingCustomer(served, 'pm_card_chargeCustomerFail');
  const given = { customer: customer.id, items: [{ price: price.id }] };
  expect(await stripe.subscriptions.create(given)).toMatchObject({ status: 'incomplete' });
  const count = served.changes.length;
  const refused = stripe.subscriptions.create({ ...given, payment_behavior: 'error_if_incomplete' });
  await expect(refused).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
  expect(served.changes.slice(count).every((change) => change.is === 'called' && change.put.length === 0)).toBe(true);
  const bare = await stripe.customers.create();
  await expect(stripe.subscriptions.create({ ...given, customer: bare.id })).rejects.toMatchObject({
    code: 'resource_missing',
    message: expect.stringContaining('no attached payment source'),
  });
  const asked = await payingCustomer(served, 'pm_card_authenticationRequired');
  const waiting = await stripe.subscriptions.create({
    ...given,
    customer: asked.id,
    expand: ['latest_invoice.payments.data.payment.payment_intent'],
  });
  expect(waiting).toMatchObject({
    status: 'incomplete',
    latest_invoice: { payments: { data: [{ payment: { payment_intent: { status: 'requires_action' } } }] } },
  });
  expect(await eventTypes(served)).toContain('invoice.payment_action_required');
});

it('renews every month for a year, on the last day where a month has no 31st', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  await advanceTo(served, seconds('2026-01-31T12:00:00'));
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const count = served.changes.length;
  await advanceTo(served, seconds('2027-01-31T13:30:00'));
  const { data: invoices } = await stripe.invoices.list({ subscription: id, limit: 100 });
  expect(invoices.map(({ created }) => new Date(created * 1000).toISOString().slice(0, 16)).reverse()).toEqual([
    '2026-01-31T12:00',
    '2026-02-28T12:00',
    '2026-03-31T12:00',
    '2026-04-30T12:00',
    '2026-05-31T12:00',
    '2026-06-30T12:00',
    '2026-07-31T12:00',
    '2026-08-31T12:00',
    '2026-09-30T12:00',
    '2026-10-31T12:00',
    '2026-11-30T12:00',
    '2026-12-31T12:00',
    '2027-01-31T12:00',
  ]);
  expect(invoices.every(({ status, amount_paid }) => status === 'paid' && amount_paid === 1000)).toBe(true);
  expect(new Set(invoices.map(({ number }) => number)).size).toBe(13);
  const paid = invoices[3] as Stripe.Invoice;
  expect(paid.status_transitions).toMatchObject({ finalized_at: paid.created + 3600, paid_at: paid.created + 3600 });
  const steps = served.changes.slice(count).flatMap((change) => (change.is === 'called' ? [change] : []));
  // That it comes, a renewal and its payment are three transactions, each at its own time.
  expect(steps.filter(({ events }) => events.length > 0)).toHaveLength(36);
  const [upcoming, renewal, payment] = steps.map(({ events }) => events.map(({ type }) => type));
  expect(upcoming).toEqual(['invoice.upcoming']);
  expect(renewal).toEqual(['customer.subscription.updated', 'invoice.created']);
  expect(steps[1]?.events[0]?.data.previous_attributes).toMatchObject({ latest_invoice: expect.any(String) });
  expect(steps.every(({ clock, events }) => events.every(({ created }) => created === Math.floor(clock / 1000)))).toBe(
    true,
  );
  expect(payment).toEqual([
    'payment_intent.created',
    'invoice.finalized',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice.updated',
    'invoice_payment.paid',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
});

it('tells of a renewal seven days before, of none that will not be, and of none within a week', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [monthly, weekly] = [await priceOf(served), await priceOf(served, 100, 'week')];
  const begin = (price: string) => stripe.subscriptions.create({ customer: customer.id, items: [{ price }] });
  const { id, items } = await begin(monthly.id);
  const ending = await begin(monthly.id);
  await stripe.subscriptions.update(ending.id, { cancel_at_period_end: true });
  await begin(weekly.id);
  await stripe.coupons.create({ id: 'TEN', percent_off: 10, duration: 'forever' });
  await stripe.subscriptions.update(id, { discounts: [{ coupon: 'TEN' }] });
  const end = items.data[0]?.current_period_end as number;
  const told = async () => (await stripe.events.list({ type: 'invoice.upcoming' })).data;
  await advanceTo(served, end - 7 * DAY - 1);
  expect(await told()).toEqual([]);
  await advanceTo(served, end - 7 * DAY);
  const [event, ...others] = await told();
  expect(others).toEqual([]);
  expect(event).toMatchObject({ created: end - 7 * DAY, request: { id: null } });
  expect(event?.data.object).toMatchObject({
    billing_reason: 'upcoming',
    created: end,
    next_payment_attempt: end + 3600,
    total: 900,
    lines: { data: [{ amount: 1000, period: { start: end } }] },
    parent: { subscription_details: { subscription: id } },
  });
  expect(event?.data.object).not.toHaveProperty('id');
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await advanceTo(served, end - 3600);
  expect(await told()).toHaveLength(1);
});

it('tells of the end of a trial three days before, and then takes money', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id, trial_end, created } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
  });
  const trial = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(trial).toMatchObject({
    status: 'trialing',
    trial_start: created,
    billing_cycle_anchor: created + 14 * DAY,
    items: { data: [{ current_period_end: trial_end }] },
    latest_invoice: { total: 0, status: 'paid', lines: { data: [{ description: 'Trial period for Pro' }] } },
  });
  await advanceTo(served, created + 11 * DAY - 1);
  expect(await eventTypes(served)).not.toContain('customer.subscription.trial_will_end');
  await advanceTo(served, created + 11 * DAY);
  expect(await eventTypes(served)).toContain('customer.subscription.trial_will_end');
  await advanceTo(served, created + 14 * DAY);
  expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'draft', total: 1000, billing_reason: 'subscription_cycle' },
  });
  await advanceTo(served, created + 14 * DAY + 3600);
  const active = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(active).toMatchObject({ status: 'active', latest_invoice: { status: 'paid' } });
});

it('ends or pauses a trial that no card follows, as it was told to', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create();
  const price = await priceOf(served);
  const begin = (missing_payment_method: 'cancel' | 'pause' | 'create_invoice') =>
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 2,
      trial_settings: { end_behavior: { missing_payment_method } },
    });
  const [canceled, paused, late] = [await begin('cancel'), await begin('pause'), await begin('create_invoice')];
  expect(await eventTypes(served)).toContain('customer.subscription.trial_will_end');
  await advanceTo(served, late.created + 2 * DAY + 3600);
  const statusOf = async ({ id }: Stripe.Subscription) => (await stripe.subscriptions.retrieve(id)).status;
  expect([await statusOf(canceled), await statusOf(paused), await statusOf(late)]).toEqual([
    'canceled',
    'paused',
    'past_due',
  ]);
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: card.id } });
  const resumed = await stripe.subscriptions.resume(paused.id);
  expect(resumed.status).toBe('active');
  expect(await eventTypes(served)).toEqual(
    expect.arrayContaining(['customer.subscription.paused', 'customer.subscription.resumed']),
  );
});

it('saves a card for a trial that begins without one', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create();
  const price = await priceOf(served);
  const { id, pending_setup_intent } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'on_subscription' },
  });
  const confirmed = await stripe.setupIntents.confirm(pending_setup_intent as string, {
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
  });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    pending_setup_intent: null,
    default_payment_method: confirmed.payment_method,
  });
});

it('tries a renewal that fails on four days, then ends', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const failing = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: '4000000000000341', exp_month: 12, exp_year: 2030, cvc: '123' },
  });
  await stripe.paymentMethods.attach(failing.id, { customer: customer.id });
  await stripe.subscriptions.update(id, { default_payment_method: failing.id });
  const end = seconds('2026-02-01T00:00:00');
  const at = async (time: number): Promise<[string, number, number | null]> => {
    await advanceTo(served, time);
    const found = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    const { attempt_count, next_payment_attempt } = found.latest_invoice as Stripe.Invoice;
    return [found.status, attempt_count, next_payment_attempt];
  };
  const first = end + 3600;
  expect(await at(first - 1)).toEqual(['active', 0, first]);
  expect(await at(first)).toEqual(['past_due', 1, first + 3 * DAY]);
  expect(await at(first + 3 * DAY)).toEqual(['past_due', 2, first + 8 * DAY]);
  expect(await at(first + 8 * DAY)).toEqual(['past_due', 3, first + 15 * DAY]);
  expect(await at(first + 15 * DAY)).toEqual(['canceled', 4, null]);
  const ended = await stripe.subscriptions.retrieve(id);
  expect(ended).toMatchObject({ ended_at: first + 15 * DAY, cancellation_details: { reason: 'payment_failed' } });
  const types = await eventTypes(served);
  expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4);
  expect(types.at(-1)).toBe('customer.subscription.deleted');
  const count = served.changes.length;
  await advanceTo(served, first + 400 * DAY);
  expect(served.changes.slice(count)).toEqual([]);
});

/** From now on, by its default. */
async function payWith({ stripe }: ServedPayments, id: string, customer: string, card: string): Promise<void> {
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.subscriptions.update(id, { default_payment_method: method.id });
}

/** A subscription whose card pays once and never again. */
async function failingLater(served: ServedPayments): Promise<{ readonly id: string; readonly customer: string }> {
  const { id: customer } = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await served.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  await payWith(served, id, customer, 'pm_card_chargeCustomerFail');
  return { id, customer };
}

it.each([
  ['unpaid', ['draft', 'open', 'paid']],
  ['past_due', ['open', 'open', 'paid']],
] as const)(
  'is %s after the last attempt where the account is set so, and active again once it is paid',
  async (end, invoices) => {
    await using served = await servePayments({ dunningEnd: end });
    const { stripe } = served;
    const { id, customer } = await failingLater(served);
    const last = seconds('2026-02-16T01:00:00');
    await advanceTo(served, last - 1);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    const before = (await eventTypes(served)).length;
    await advanceTo(served, last);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: end, ended_at: null });
    const told = (await eventTypes(served, before)).filter((type) => type.startsWith('customer.subscription'));
    expect(told).toEqual(end === 'unpaid' ? ['customer.subscription.updated'] : []);
    // It goes on to renew; who is unpaid is not asked to pay by itself.
    await advanceTo(served, seconds('2026-03-02T00:00:00'));
    const { data } = await stripe.invoices.list({ subscription: id });
    expect(data.map(({ status }) => status)).toEqual(invoices);
    await payWith(served, id, customer, 'pm_card_visa');
    await stripe.invoices.pay(data[0]?.id as string);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  },
);

it('is active again when a late invoice is paid with another card', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id, customer } = await failingLater(served);
  await advanceTo(served, seconds('2026-02-02T00:00:00'));
  const late = await stripe.subscriptions.retrieve(id);
  expect(late.status).toBe('past_due');
  // What somebody tries in between changes no plan.
  await expect(stripe.invoices.pay(late.latest_invoice as string)).rejects.toMatchObject({ code: 'card_declined' });
  expect(await stripe.invoices.retrieve(late.latest_invoice as string)).toMatchObject({
    attempt_count: 1,
    next_payment_attempt: seconds('2026-02-04T01:00:00'),
  });
  await payWith(served, id, customer, 'pm_card_visa');
  await advanceTo(served, seconds('2026-02-04T01:00:00'));
  expect(await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })).toMatchObject({
    status: 'active',
    latest_invoice: { status: 'paid', attempt_count: 2 },
  });
});

it('ends at the end of its period, or now', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const begin = () => stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const [kept, later, now] = [await begin(), await begin(), await begin()];
  const end = later.items.data[0]?.current_period_end as number;
  expect(await stripe.subscriptions.update(later.id, { cancel_at_period_end: true })).toMatchObject({
    status: 'active',
    cancel_at: end,
    cancel_at_period_end: true,
    cancellation_details: { reason: 'cancellation_requested' },
  });
  await stripe.subscriptions.update(kept.id, { cancel_at_period_end: true });
  expect(await stripe.subscriptions.update(kept.id, { cancel_at_period_end: false })).toMatchObject({
    cancel_at: null,
    canceled_at: null,
  });
  const ended = await stripe.subscriptions.cancel(now.id, { cancellation_details: { feedback: 'too_expensive' } });
  expect(ended).toMatchObject({ status: 'canceled', cancellation_details: { feedback: 'too_expensive' } });
  await expect(stripe.subscriptions.cancel(now.id)).rejects.toMatchObject({ code: 'resource_missing' });
  await expect(stripe.subscriptions.update(now.id, { cancel_at_period_end: true })).rejects.toMatchObject({
    code: 'invalid_canceled_subscription_fields',
  });
  await advanceTo(served, end);
  expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({ status: 'canceled', ended_at: end });
  expect(await stripe.subscriptions.retrieve(kept.id)).toMatchObject({ status: 'active' });
  expect((await stripe.subscriptions.list({ customer: customer.id })).data.map(({ id }) => id)).toEqual([kept.id]);
  expect((await stripe.subscriptions.list({ status: 'all' })).data).toHaveLength(3);
  expect((await stripe.invoices.list({ subscription: later.id })).data).toHaveLength(1);
});

it('is upgraded without proration from the next period on, and with it by the second', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [basic, pro] = [await priceOf(served, 1000), await priceOf(served, 3000, 'month', 'Max')];
  const begin = () => stripe.subscriptions.create({ customer: customer.id, items: [{ price: basic.id }] });
  const [first, second] = [await begin(), await begin()];
  const itemOf = ({ items }: Stripe.Subscription) => items.data[0] as Stripe.SubscriptionItem;
  const change = ({ id }: Stripe.SubscriptionItem) => [{ id, price: pro.id }];
  const plain = await stripe.subscriptions.update(first.id, {
    items: change(itemOf(first)),
    proration_behavior: 'none',
  });
  expect(itemOf(plain)).toMatchObject({ id: itemOf(first).id, price: { id: pro.id }, quantity: 1 });
  expect(plain.latest_invoice).toBe(first.latest_invoice);
  expect((await stripe.invoiceItems.list({ customer: customer.id })).data).toEqual([]);
  const { current_period_start: start, current_period_end: end } = itemOf(second);
  await advanceTo(served, start + (end - start) / 2);
  const prorated = await stripe.subscriptions.update(second.id, {
    items: change(itemOf(second)),
    proration_behavior: 'always_invoice',
    expand: ['latest_invoice'],
  });
  expect(prorated.latest_invoice).toMatchObject({
    status: 'paid',
    total: 1000,
    billing_reason: 'subscription_update',
    lines: {
      data: [
        { amount: -500, description: 'Unused time on Pro after 16 Jan 2026' },
        { amount: 1500, description: 'Remaining time on Max after 16 Jan 2026' },
      ],
    },
  });
  await advanceTo(served, end + 3600);
  const renewed = await stripe.subscriptions.retrieve(first.id, { expand: ['latest_invoice'] });
  expect(renewed.latest_invoice).toMatchObject({ status: 'paid', total: 3000 });
});

it('begins a new period with another interval, and pays back the rest of the old one', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [monthly, yearly] = [await priceOf(served, 1000), await priceOf(served, 10_000, 'year')];
  const { id, items } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: monthly.id }] });
  const { current_period_start: start, current_period_end: end } = items.data[0] as Stripe.SubscriptionItem;
  const half = start + (end - start) / 2;
  await advanceTo(served, half);
  const changed = await stripe.subscriptions.update(id, {
    items: [{ id: items.data[0]?.id as string, price: yearly.id }],
    expand: ['latest_invoice'],
  });
  expect(changed).toMatchObject({ status: 'active', billing_cycle_anchor: half });
  expect(changed.items.data[0]).toMatchObject({
    current_period_start: half,
    current_period_end: seconds('2027-01-16T12:00:00'),
  });
  expect(changed.latest_invoice).toMatchObject({ total: 9500, status: 'paid' });
});

it('takes off what coupons take off, as long as they last', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served, 1000);
  await stripe.coupons.create({ id: 'ONCE', percent_off: 50, duration: 'once' });
  await stripe.coupons.create({
    id: 'TWO',
    amount_off: 100,
    currency: 'usd',
    duration: 'repeating',
    duration_in_months: 2,
  });
  const code = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'TWO' },
    code: 'HELLO',
    max_redemptions: 1,
  });
  const given = { customer: customer.id, items: [{ price: price.id }] };
  const subscription = await stripe.subscriptions.create({
    ...given,
    discounts: [{ coupon: 'ONCE' }, { promotion_code: code.id }],
    expand: ['discounts'],
  });
  expect(subscription.discounts).toMatchObject([{ source: { coupon: 'TWO' }, promotion_code: code.id }]);
  await expect(
    stripe.subscriptions.create({ ...given, discounts: [{ promotion_code: code.id }] }),
  ).rejects.toMatchObject({ param: 'discounts[0][promotion_code]' });
  await advanceTo(served, seconds('2026-04-02T00:00:00'));
  const { data: invoices } = await stripe.invoices.list({ subscription: subscription.id });
  expect(invoices.map(({ total }) => total).reverse()).toEqual([400, 900, 1000, 1000]);
  expect((await stripe.subscriptions.retrieve(subscription.id)).discounts).toEqual([]);
  const types = await eventTypes(served);
  expect(types.filter((type) => type === 'customer.discount.created')).toHaveLength(2);
  expect(types.filter((type) => type === 'customer.discount.deleted')).toHaveLength(2);
});

it('pauses collection, each way', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const begin = async (behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void'): Promise<string> => {
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
    const resumes_at = seconds('2026-02-15T00:00:00');
    await stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at } });
    return id;
  };
  const ids = [await begin('keep_as_draft'), await begin('mark_uncollectible'), await begin('void')];
  await advanceTo(served, seconds('2026-02-02T00:00:00'));
  const statuses: unknown[] = [];
  for (const id of ids) {
    const { latest_invoice, status } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    statuses.push([status, (latest_invoice as Stripe.Invoice).status]);
  }
  expect(statuses).toEqual([
    ['active', 'draft'],
    ['active', 'uncollectible'],
    ['active', 'void'],
  ]);
  await advanceTo(served, seconds('2026-03-02T00:00:00'));
  for (const id of ids) {
    const later = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
    expect(later).toMatchObject({ pause_collection: null, latest_invoice: { status: 'paid' } });
  }
});

it('changes by its items, too', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [base, seat] = [await priceOf(served, 1000), await priceOf(served, 500, 'month', 'Seat')];
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: base.id }] });
  const how = { proration_behavior: 'none' } as const;
  const added = await stripe.subscriptionItems.create({ subscription: id, price: seat.id, quantity: 3, ...how });
  expect(added).toMatchObject({ quantity: 3, subscription: id, price: { id: seat.id } });
  await stripe.subscriptionItems.update(added.id, { quantity: 4, ...how });
  const { data } = await stripe.subscriptionItems.list({ subscription: id });
  expect(data.map(({ quantity }) => quantity)).toEqual([1, 4]);
  await advanceTo(served, seconds('2026-02-01T01:00:00'));
  const { latest_invoice } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect((latest_invoice as Stripe.Invoice).total).toBe(3000);
  expect(await stripe.subscriptionItems.del(added.id, how)).toMatchObject({ deleted: true });
  await expect(stripe.subscriptionItems.retrieve(added.id)).rejects.toMatchObject({ code: 'resource_missing' });
  const other = await priceOf(served, 100, 'year');
  await expect(stripe.subscriptionItems.create({ subscription: id, price: other.id })).rejects.toMatchObject({
    headers: { 'x-devenv-unsupported': 'true' },
  });
});

it('ends with its customer', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await stripe.customers.del(customer.id);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled' });
  const count = served.changes.length;
  await advanceTo(served, seconds('2027-01-01T00:00:00'));
  expect(served.changes.slice(count)).toEqual([]);
});

it('sends invoices instead of charging a card, and is late when they are', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    collection_method: 'send_invoice',
    days_until_due: 10,
  });
  await advanceTo(served, seconds('2026-01-01T01:00:30'));
  const active = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  expect(active).toMatchObject({ status: 'active', latest_invoice: { status: 'open' } });
  expect(await eventTypes(served)).toContain('invoice.sent');
  const first = active.latest_invoice as Stripe.Invoice;
  await stripe.invoices.pay(first.id, { paid_out_of_band: true });
  await advanceTo(served, seconds('2026-02-12T00:00:00'));
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
  const { data } = await stripe.invoices.list({ subscription: id, status: 'open' });
  await stripe.invoices.pay(data[0]?.id as string, { paid_out_of_band: true });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
});
