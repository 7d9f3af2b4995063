import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, eventTypes, priceOf } from '../../../support/billing.ts';
import { hasChromium, openPage } from '../../../support/browser.ts';
import { servePayments, serveToBrowsers } from '../../../support/payments.ts';
import { CARD, visit } from '../../../support/visit.ts';

const MUG: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [{ price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'Mug' } }, quantity: 1 }],
  success_url: 'http://shop.localhost/done',
};
const ASKING: Stripe.Checkout.SessionCreateParams = {
  ...MUG,
  billing_address_collection: 'required',
  shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
  phone_number_collection: { enabled: true },
};
const HOME = { line1: 'Main St 1', line2: null, city: 'Berlin', postal_code: '10115', state: null, country: 'DE' };
const TYPED = {
  ...{ shipping_name: 'Bob', shipping_line1: 'Main St 1', shipping_city: 'Berlin', shipping_postal_code: '10115' },
  ...{ shipping_country: 'DE', billing_line1: 'Wall St 2', billing_city: 'New York', billing_country: 'US' },
  phone: '+49 30 1',
};

it('asks for addresses and a phone number, and tells them wherever Stripe does', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const session = await stripe.checkout.sessions.create({ ...ASKING, customer_creation: 'always' });
  expect(session).toMatchObject({
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    collected_information: null,
  });
  const url = session.url as string;
  const saidOf = async (form: Record<string, string>) => {
    const { status, text } = await visit(served, url, { ...CARD, ...form });
    return [status, /id="problem">(.*?)<\/p>/.exec(text)?.[1]];
  };
  expect(await saidOf({})).toEqual([402, 'Shipping: Name is missing.']);
  expect(await saidOf({ ...TYPED, billing_city: '' })).toEqual([402, 'Billing address: City is missing.']);
  expect(await saidOf({ ...TYPED, phone: ' ' })).toEqual([402, 'Contact: Phone number is missing.']);
  expect((await saidOf({ ...TYPED, shipping_country: 'FR' }))[1]).toMatch(/^Shipping: Country .* be FR\.$/);
  expect((await stripe.charges.list()).data).toEqual([]);
  const declined = await visit(served, url, { ...CARD, ...TYPED, number: '4000000000000002' });
  expect(declined.text).toContain('value="Main St 1"');
  expect(declined.text).toContain('<option value="DE" selected>');
  expect((await visit(served, url, { ...CARD, ...TYPED })).to).toBe('http://shop.localhost/done');
  const away = { line1: 'Wall St 2', line2: null, city: 'New York', postal_code: null, state: null, country: 'US' };
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['customer', 'payment_intent.latest_charge'],
  });
  expect(done).toMatchObject({
    status: 'complete',
    customer_details: { address: away, phone: '+49 30 1', name: 'Ada' },
    collected_information: { shipping_details: { name: 'Bob', address: HOME } },
    customer: { address: away, phone: '+49 30 1', shipping: { name: 'Bob', address: HOME } },
    payment_intent: {
      shipping: { name: 'Bob', address: HOME },
      latest_charge: { billing_details: { address: away, phone: '+49 30 1' }, shipping: { name: 'Bob' } },
    },
  });
});

it('asks for no card where nothing is to be paid and none is wanted', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await priceOf(served);
  const tried = {
    ...{ mode: 'subscription', success_url: 'http://shop.localhost/done' },
    line_items: [{ price: price.id, quantity: 1 }],
    subscription_data: { trial_period_days: 7, trial_settings: { end_behavior: { missing_payment_method: 'cancel' } } },
  } as const;
  const asking = await stripe.checkout.sessions.create(tried as never);
  expect((await visit(served, asking.url as string)).text).toContain('Card number');
  const session = await stripe.checkout.sessions.create({
    ...tried,
    payment_method_collection: 'if_required',
  } as never);
  const page = await visit(served, session.url as string);
  expect([page.text.includes('Card number'), page.text.includes('Start trial')]).toEqual([false, true]);
  const before = (await eventTypes(served)).length;
  const sent = await visit(served, session.url as string, { email: 'ada@example.com' });
  expect(sent.to).toBe('http://shop.localhost/done');
  expect((await eventTypes(served, before)).filter((type) => /^(setup_intent|payment_method)\./.test(type))).toEqual(
    [],
  );
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
  const subscription = done.subscription as Stripe.Subscription;
  expect(subscription).toMatchObject({ status: 'trialing', default_payment_method: null, pending_setup_intent: null });
  await advanceTo(served, subscription.created + 8 * DAY);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  // What is paid for at once is, whatever is wanted.
  const paid = await stripe.checkout.sessions.create({
    ...{ ...tried, subscription_data: {} },
    payment_method_collection: 'if_required',
  } as never);
  expect((await visit(served, paid.url as string)).text).toContain('Card number');
});

it("says what the shop says, and that it doesn't do the rest", async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const custom_text = { submit: { message: 'We roast on Mondays.' }, after_submit: { message: 'Ask <us>.' } };
  const { url } = await stripe.checkout.sessions.create({ ...MUG, custom_text, submit_type: 'donate' });
  const { text } = await visit(served, url as string);
  expect(text).toMatch(/We roast on Mondays\.[\s\S]*Donate \$9\.00[\s\S]*Ask &lt;us&gt;\./);
  const rest: Partial<Stripe.Checkout.SessionCreateParams>[] = [
    { custom_text: { terms_of_service_acceptance: { message: 'Agree' } } },
    { custom_fields: [{ key: 'size', label: { type: 'custom', custom: 'Size' }, type: 'numeric' }] },
    { invoice_creation: { enabled: true } },
    { line_items: [{ ...MUG.line_items?.[0], adjustable_quantity: { enabled: true } }] },
  ];
  for (const more of rest) {
    await expect(stripe.checkout.sessions.create({ ...MUG, ...more })).rejects.toMatchObject({
      headers: { 'x-devenv-unsupported': 'true' },
    });
  }
  await expect(
    stripe.checkout.sessions.create({
      ...MUG,
      shipping_address_collection: { allowed_countries: ['Germany' as 'DE'] },
    }),
  ).rejects.toMatchObject({ param: 'shipping_address_collection[allowed_countries][0]' });
});

it('charges the shipping that is chosen', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const standard = await stripe.shippingRates.create({
    ...{ display_name: 'Standard', type: 'fixed_amount', fixed_amount: { amount: 500, currency: 'usd' } },
    delivery_estimate: { minimum: { unit: 'business_day', value: 5 } },
  });
  const express = {
    display_name: 'Express',
    type: 'fixed_amount',
    fixed_amount: { amount: 1500, currency: 'usd' },
  } as const;
  const shipping_options = [{ shipping_rate: standard.id }, { shipping_rate_data: express }];
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  const discounts = [{ coupon: coupon.id }];
  const session = await stripe.checkout.sessions.create({ ...MUG, shipping_options, discounts });
  expect(session).toMatchObject({
    ...{ amount_subtotal: 900, amount_total: 950 },
    total_details: { amount_discount: 450, amount_shipping: 500 },
    shipping_cost: { amount_total: 500, shipping_rate: standard.id },
  });
  const url = session.url as string;
  expect((await visit(served, url)).text).toMatch(/Standard<\/th><td>\$5\.00[\s\S]*Express, \$15\.00/);
  expect((await visit(served, `${url}/shipping`, { rate: 'shr_other' })).status).toBe(400);
  const rate = session.shipping_options[1]?.shipping_rate as string;
  // What 3-D Secure asks for is the old price.
  const asked = await visit(served, url, { ...CARD, number: '4000000000003220' });
  expect((await visit(served, `${url}/shipping`, { rate })).to).toBe(url);
  await visit(served, asked.to, { answer: 'complete' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  await visit(served, url, CARD);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['payment_intent', 'shipping_cost.shipping_rate'],
  });
  expect(done).toMatchObject({
    amount_total: 1950,
    payment_intent: { amount_received: 1950 },
    shipping_cost: { shipping_rate: { display_name: 'Express' } },
  });
  const missing = stripe.checkout.sessions.create({ ...MUG, shipping_options: [{ shipping_rate: 'shr_1' }] });
  await expect(missing).rejects.toMatchObject({ code: 'resource_missing', message: "No such shipping rate: 'shr_1'" });
  expect((await stripe.shippingRates.list({ active: true })).data).toHaveLength(2);
});

it.skipIf(!hasChromium)('is filled in by somebody in a browser (chromium)', async () => {
  await using served = await serveToBrowsers();
  const session = await served.stripe.checkout.sessions.create({ ...ASKING, submit_type: 'book' });
  await using tab = await openPage();
  const { page } = tab;
  await page.route('http://shop.localhost/**', (route) => route.fulfill({ body: 'Thank you!' }));
  await page.goto(session.url as string);
  await page.getByLabel('E-mail').fill('ada@example.com');
  const shipping = page.getByRole('group', { name: 'Shipping' });
  await shipping.getByLabel('Name').fill('Bob');
  await shipping.getByLabel('Address', { exact: true }).fill('Main St 1');
  await shipping.getByLabel('Postal code').fill('10115');
  await shipping.getByLabel('City').fill('Berlin');
  await shipping.getByRole('combobox').selectOption('DE');
  const billing = page.getByRole('group', { name: 'Billing address' });
  await billing.getByLabel('Address', { exact: true }).fill('Wall St 2');
  await billing.getByLabel('City').fill('New York');
  await billing.getByLabel(/Country/).fill('US');
  await page.getByLabel('Phone number').fill('+49 30 1');
  await page.getByRole('button', { name: 'Book for $9.00' }).click();
  await page.getByText('Thank you!').waitFor();
  expect(await served.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    payment_status: 'paid',
    collected_information: { shipping_details: { name: 'Bob', address: HOME } },
  });
});
