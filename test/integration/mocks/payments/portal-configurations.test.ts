import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { eventTypes, payingCustomer, priceOf } from '../../../support/billing.ts';
import { hasChromium, openPage } from '../../../support/browser.ts';
import { type ServedPayments, servePayments, serveToBrowsers } from '../../../support/payments.ts';
import { visit } from '../../../support/visit.ts';

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/** A customer who subscribes to ten dollars a month, with a session of a configuration with these features. */
async function portal(served: ServedPayments, featuresOf: (max: Stripe.Price) => Features) {
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const [basic, max] = [await priceOf(served), await priceOf(served, 3000, 'month', 'Max')];
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: basic.id }] });
  const configuration = await stripe.billingPortal.configurations.create({ features: featuresOf(max) });
  const session = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    configuration: configuration.id,
  });
  return { customer, basic, max, subscription, configuration, session, at: `/subscriptions/${subscription.id}` };
}

const upgrades = ({ id, product }: Stripe.Price): Features => ({
  subscription_update: {
    enabled: true,
    default_allowed_updates: ['price', 'quantity', 'promotion_code'],
    products: [{ product: product as string, prices: [id] }],
    proration_behavior: 'always_invoice',
  },
});

it('creates, changes and lists configurations', async () => {
  await using served = await servePayments();
  const { configurations, sessions } = served.stripe.billingPortal;
  const customer = await payingCustomer(served);
  const { configuration: usual } = await sessions.create({ customer: customer.id });
  const made = await configurations.create({
    business_profile: { headline: 'Tea, monthly', privacy_policy_url: 'https://shop.example/privacy' },
    default_return_url: 'https://shop.example/account',
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'tax_id'] },
      invoice_history: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'immediately' },
    },
    metadata: { shop: '1' },
  });
  expect(made).toMatchObject({
    id: expect.stringMatching(/^bpc_/),
    active: true,
    is_default: false,
    business_profile: { headline: 'Tea, monthly', terms_of_service_url: null },
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'tax_id'] },
      payment_method_update: { enabled: false },
      subscription_cancel: { enabled: true, mode: 'immediately', proration_behavior: 'none' },
      subscription_update: { enabled: false },
    },
    metadata: { shop: '1' },
  });
  const features = {
    subscription_cancel: { mode: 'at_period_end' },
    payment_method_update: { enabled: true },
  } as const;
  const changed = await configurations.update(made.id, { features, active: false });
  expect(changed.features).toMatchObject({
    ...features,
    subscription_cancel: { enabled: true },
    customer_update: { enabled: true },
  });
  expect(await configurations.retrieve(made.id)).toEqual(changed);
  expect(await eventTypes(served)).toEqual(
    expect.arrayContaining(['billing_portal.configuration.created', 'billing_portal.configuration.updated']),
  );
  const idsOf = async (params: object) => (await configurations.list(params)).data.map(({ id }) => id);
  expect(await idsOf({})).toEqual([made.id, usual]);
  expect(await idsOf({ is_default: true })).toEqual([usual]);
  expect(await idsOf({ active: false })).toEqual([made.id]);
  const named = sessions.create({ customer: customer.id, configuration: made.id });
  await expect(named).rejects.toMatchObject({ param: 'configuration' });
  await expect(configurations.update(usual as string, { active: false })).rejects.toMatchObject({ param: 'active' });
  await configurations.update(made.id, { active: true });
  const session = await sessions.create({ customer: customer.id, configuration: made.id });
  expect(session.return_url).toBe('https://shop.example/account');
  const { text } = await visit(served, session.url);
  expect(text).toContain('Tea, monthly');
  expect(text).toContain('https://shop.example/privacy');
  expect(text).toContain("Not on this page of devenv's mock: tax_id.");
});

it('refuses what does not go together, and what it does not have', async () => {
  await using served = await servePayments();
  const create = (features: Features) => served.stripe.billingPortal.configurations.create({ features });
  const [one, other] = [await priceOf(served), await priceOf(served)];
  await expect(create({ subscription_update: { enabled: true } })).rejects.toMatchObject({
    param: 'features[subscription_update][default_allowed_updates]',
  });
  const wrong = {
    ...upgrades(one).subscription_update,
    products: [{ product: one.product as string, prices: [other.id] }],
  };
  await expect(create({ subscription_update: wrong as Features['subscription_update'] & object })).rejects.toThrow(
    'is no recurring price of',
  );
  const unsupported = { headers: { 'x-devenv-unsupported': 'true' } };
  await expect(create({ subscription_pause: { enabled: true } })).rejects.toMatchObject(unsupported);
  const ending = { enabled: true, mode: 'immediately', proration_behavior: 'create_prorations' } as const;
  await expect(create({ subscription_cancel: ending })).rejects.toMatchObject(unsupported);
});

it('shows and does nothing but what its configuration lets', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { session, subscription, at, max } = await portal(served, () => ({ invoice_history: { enabled: false } }));
  const { text } = await visit(served, session.url);
  expect(text).toContain('Pro, $10.00 / month');
  for (const word of ['Cancel', 'Change plan', 'Invoices', 'Card number', 'Your details'])
    expect(text).not.toContain(word);
  const forms = [
    [at, { ends: 'true' }],
    [`${at}/plan`, { price: max.id }],
    ['/card', { number: '5555555555554444', expiry: '12 / 30', cvc: '123' }],
    ['/customer', { email: 'eve@example.com' }],
  ] as const;
  for (const [path, form] of forms) expect((await visit(served, session.url + path, form)).status).toBe(402);
  const same = await stripe.subscriptions.retrieve(subscription.id, { expand: ['customer'] });
  expect(same).toMatchObject({ cancel_at_period_end: false, customer: { email: 'ada@example.com' } });
});

it('ends a subscription at once, with the reason that was chosen', async () => {
  await using served = await servePayments();
  const { session, subscription, at } = await portal(served, () => ({
    subscription_cancel: {
      enabled: true,
      mode: 'immediately',
      cancellation_reason: { enabled: true, options: ['too_expensive', 'unused'] },
    },
  }));
  expect((await visit(served, session.url)).text).toContain('<option value="too_expensive">Too expensive</option>');
  expect((await visit(served, session.url + at, { ends: 'true', feedback: 'unused' })).status).toBe(303);
  expect(await served.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    status: 'canceled',
    cancellation_details: { feedback: 'unused', reason: 'cancellation_requested' },
  });
});

it('changes what a customer may change of their own', async () => {
  await using served = await servePayments();
  const { session, customer } = await portal(served, () => ({
    customer_update: { enabled: true, allowed_updates: ['name', 'email', 'address'] },
  }));
  const form = { name: 'Ada L.', email: 'ada@lovelace.example', phone: '1', line1: 'Main Street 1', city: 'Oslo' };
  await visit(served, `${session.url}/customer`, form);
  expect(await served.stripe.customers.retrieve(customer.id)).toMatchObject({
    name: 'Ada L.',
    email: 'ada@lovelace.example',
    phone: null,
    address: { line1: 'Main Street 1', city: 'Oslo', country: null },
  });
  const wrong = await visit(served, `${session.url}/customer`, { ...form, email: 'nobody' });
  expect([wrong.status, wrong.text]).toEqual([402, expect.stringContaining('Your e-mail address is incomplete.')]);
});

it('changes a plan, and leaves all as it was where the card does not pay', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { session, subscription, customer, at, max } = await portal(served, upgrades);
  const stranger = await priceOf(served, 1);
  expect((await visit(served, `${session.url}${at}/plan`, { price: stranger.id })).text).toContain('not offered here');
  const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
  const count = (await eventTypes(served)).length;
  const declined = await visit(served, `${session.url}${at}/plan`, { price: max.id, quantity: '2' });
  expect([declined.status, declined.text]).toEqual([402, expect.stringContaining('Your card was declined.')]);
  expect(await eventTypes(served)).toHaveLength(count);
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: card.id });
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'HALF' });
  const form = { price: max.id, quantity: '2', code: 'half' };
  expect((await visit(served, `${session.url}${at}/plan`, form)).status).toBe(303);
  const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] });
  expect(changed).toMatchObject({
    items: { data: [{ price: { id: max.id }, quantity: 2 }] },
    latest_invoice: { status: 'paid', billing_reason: 'subscription_update' },
  });
  expect(changed.discounts).toHaveLength(1);
});

it.skipIf(!hasChromium)('is used in a browser (chromium)', async () => {
  await using served = await serveToBrowsers();
  const { session, subscription, max } = await portal(served, (price) => ({
    ...upgrades(price),
    subscription_cancel: { enabled: true },
  }));
  await using tab = await openPage();
  const { page, errors } = tab;
  await page.goto(session.url);
  await page.getByLabel('Plan').selectOption('Max, $30.00 / month');
  await page.getByLabel('Quantity').fill('3');
  await page.getByRole('button', { name: 'Change plan' }).click();
  await page.getByRole('button', { name: 'Cancel subscription' }).click();
  await page.getByRole('button', { name: 'Let it go on' }).waitFor();
  expect(await page.getByRole('region', { name: 'Card' }).count()).toBe(0);
  expect(await served.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
    cancel_at_period_end: true,
    items: { data: [{ price: { id: max.id }, quantity: 3 }] },
  });
  expect(errors).toEqual([]);
});
