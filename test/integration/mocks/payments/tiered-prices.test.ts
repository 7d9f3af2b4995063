import Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, payingCustomer, seconds } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';
import { CARD, visit } from '../../../support/visit.ts';

const TIERS: Stripe.PriceCreateParams.Tier[] = [
  { up_to: 5, unit_amount: 700 },
  { up_to: 10, unit_amount: 650, flat_amount: 1000 },
  { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from('0.5') },
];

function seats({ stripe }: ServedPayments, tiers_mode: 'graduated' | 'volume', tiers = TIERS): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: 'usd',
    billing_scheme: 'tiered',
    tiers_mode,
    tiers,
    recurring: { interval: 'month' },
    product_data: { name: 'Seat' },
  });
}

const linesOf = (invoice: Stripe.Invoice | string | null) =>
  (invoice as Stripe.Invoice).lines.data.map(({ amount, description, quantity }) => [amount, quantity, description]);

it('shows its tiers where they are expanded', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await seats(served, 'graduated');
  expect(price).toMatchObject({ billing_scheme: 'tiered', tiers_mode: 'graduated', unit_amount: null });
  expect(price).not.toHaveProperty('tiers');
  const { tiers } = await stripe.prices.retrieve(price.id, { expand: ['tiers'] });
  expect(tiers?.map(({ up_to, unit_amount, flat_amount }) => [up_to, unit_amount, flat_amount])).toEqual([
    [5, 700, null],
    [10, 650, 1000],
    [null, null, null],
  ]);
  expect(String(tiers?.[2]?.unit_amount_decimal)).toBe('0.5');
  const listed = await stripe.prices.list({ expand: ['data.tiers'] });
  expect(listed.data[0]?.tiers).toHaveLength(3);
});

it('is billed by each tier that is reached, or by the last one alone, and renews so', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const begin = async (mode: 'graduated' | 'volume', quantity: number) =>
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: (await seats(served, mode)).id, quantity }],
      expand: ['latest_invoice'],
    });
  const graduated = await begin('graduated', 12);
  expect(graduated.items.data[0]?.plan).toMatchObject({ billing_scheme: 'tiered', tiers_mode: 'graduated' });
  expect(graduated.latest_invoice).toMatchObject({ total: 3500 + 3250 + 1000 + 1, status: 'paid' });
  expect(linesOf(graduated.latest_invoice)).toEqual([
    [3500, 5, '5 × Seat (Tier 1 at $7.00 / month)'],
    [3250, 5, '5 × Seat (Tier 2 at $6.50 / month)'],
    [1000, 1, '1 × Seat (Tier 2 flat fee at $10.00 / month)'],
    [1, 2, '2 × Seat (Tier 3 at $0.005 / month)'],
  ]);
  const volume = await begin('volume', 6);
  expect(linesOf(volume.latest_invoice)).toEqual([
    [3900, 6, '6 × Seat (Tier 2 at $6.50 / month)'],
    [1000, 1, '1 × Seat (Tier 2 flat fee at $10.00 / month)'],
  ]);
  await advanceTo(served, seconds('2026-02-01T01:00:00'));
  const { latest_invoice } = await stripe.subscriptions.retrieve(volume.id, { expand: ['latest_invoice'] });
  expect(latest_invoice).toMatchObject({ total: 4900, status: 'paid' });
});

it('is prorated by what all of its tiers come to', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await seats(served, 'graduated');
  const { id, items } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 5 }],
  });
  const { id: item, current_period_start: start, current_period_end: end } = items.data[0] as Stripe.SubscriptionItem;
  await advanceTo(served, start + (end - start) / 2);
  const how: Stripe.InvoiceCreatePreviewParams.SubscriptionDetails & Stripe.SubscriptionUpdateParams = {
    items: [{ id: item, quantity: 6 }],
    proration_behavior: 'always_invoice',
  };
  const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: how });
  const changed = await stripe.subscriptions.update(id, { ...how, expand: ['latest_invoice'] });
  // Half of 35.00, and half of 35.00 + 6.50 + 10.00.
  expect((changed.latest_invoice as Stripe.Invoice).lines.data.map(({ amount }) => amount)).toEqual([-1750, 2575]);
  expect(preview.total).toBe(825);
});

it('is sold by a checkout', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await seats(served, 'volume');
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 7 }],
    success_url: 'http://shop.localhost/done',
  });
  expect(session.amount_total).toBe(7 * 650 + 1000);
  expect((await visit(served, session.url as string)).text).toContain('7 × in tiers');
  expect((await visit(served, session.url as string, CARD)).status).toBe(303);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] });
  expect(done.invoice).toMatchObject({ amount_paid: 5550 });
});

it('refuses tiers that do not go together', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const [one, two, rest] = TIERS as [
    Stripe.PriceCreateParams.Tier,
    Stripe.PriceCreateParams.Tier,
    Stripe.PriceCreateParams.Tier,
  ];
  const create = (tiers: Stripe.PriceCreateParams.Tier[]) => seats(served, 'volume', tiers);
  await expect(create([one, two])).rejects.toMatchObject({ param: 'tiers[1][up_to]' });
  await expect(create([rest, one])).rejects.toMatchObject({ param: 'tiers[0][up_to]' });
  await expect(create([two, one, rest])).rejects.toMatchObject({ param: 'tiers[1][up_to]' });
  await expect(create([{ up_to: 'inf' }])).rejects.toMatchObject({ param: 'tiers[0][unit_amount]' });
  const given = { currency: 'usd', product_data: { name: 'Seat' } };
  const plain = stripe.prices.create({ ...given, unit_amount: 100, tiers_mode: 'volume' });
  await expect(plain).rejects.toMatchObject({ param: 'tiers_mode' });
  const none = stripe.prices.create({ ...given, billing_scheme: 'tiered', tiers_mode: 'volume' });
  await expect(none).rejects.toMatchObject({ param: 'tiers', code: 'parameter_missing' });
  const once = stripe.prices.create({ ...given, billing_scheme: 'tiered', tiers_mode: 'volume', tiers: TIERS });
  await expect(once).rejects.toMatchObject({ headers: { 'x-devenv-unsupported': 'true' } });
});
