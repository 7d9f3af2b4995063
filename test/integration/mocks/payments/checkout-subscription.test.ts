import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, eventTypes, priceOf } from '../../../support/billing.ts';
import { hasChromium, openPage } from '../../../support/browser.ts';
import { type ServedPayments, servePayments, serveToBrowsers } from '../../../support/payments.ts';
import { CARD, visit } from '../../../support/visit.ts';

const where = { mode: 'subscription', success_url: 'http://shop.localhost/done' } as const;

function pay(served: ServedPayments, { url }: Stripe.Checkout.Session, number: string) {
  return visit(served, url as string, { ...CARD, number });
}

/** One of a monthly price, for ten dollars. */
async function begin(served: ServedPayments, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const price = await priceOf(served);
  return served.stripe.checkout.sessions.create({ ...where, line_items: [{ price: price.id, quantity: 1 }], ...more });
}

const subscriptionsOf = async ({ stripe }: ServedPayments) =>
  (await stripe.subscriptions.list({ status: 'all', expand: ['data.latest_invoice'] })).data;

it('begins a subscription, whose card goes on paying', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const price = await priceOf(served);
  const setup = { currency: 'usd', unit_amount: 500, product_data: { name: 'Setup' } };
  const session = await stripe.checkout.sessions.create({
    ...where,
    line_items: [
      { price: price.id, quantity: 2 },
      { price_data: setup, quantity: 1 },
    ],
    subscription_data: { metadata: { shop: '1' } },
  });
  expect(session).toMatchObject({ amount_total: 2500, subscription: null, status: 'open' });
  const response = await pay(served, session, '4242424242424242');
  expect([response.status, response.to]).toEqual([303, 'http://shop.localhost/done']);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'invoice', 'customer'] });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    subscription: { status: 'active', metadata: { shop: '1' }, items: { data: [{ quantity: 2 }] } },
    invoice: { status: 'paid', total: 2500 },
    customer: { email: 'ada@example.com' },
  });
  const { id, default_payment_method, created } = done.subscription as Stripe.Subscription;
  expect(default_payment_method).toMatch(/^pm_/);
  expect((await eventTypes(served)).at(-1)).toBe('checkout.session.completed');
  await advanceTo(served, created + 32 * DAY);
  const { data } = await stripe.invoices.list({ subscription: id });
  expect(data.map(({ status, total }) => [status, total])).toEqual([
    ['paid', 2000],
    ['paid', 2500],
  ]);
});

it('shows a declined card in the page, and takes another one for the same invoice', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const session = await begin(served);
  const declined = await pay(served, session, '4000000000000002');
  expect([declined.status, declined.text]).toEqual([
    402,
    expect.stringContaining('role="alert" id="problem">Your card was declined.'),
  ]);
  expect(declined.text).toContain('value="ada@example.com"');
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', subscription: null });
  const [waiting] = await subscriptionsOf(served);
  expect(waiting).toMatchObject({
    status: 'incomplete',
    latest_invoice: { status: 'open', billing_reason: 'subscription_create' },
  });
  const before = await eventTypes(served);
  expect(before.slice(-4)).toEqual([
    'invoice.finalized',
    'charge.failed',
    'payment_intent.payment_failed',
    'invoice.payment_failed',
  ]);
  expect((await stripe.paymentMethods.list({ customer: waiting?.customer as string })).data).toEqual([]);
  expect((await pay(served, session, '5555555555554444')).to).toBe('http://shop.localhost/done');
  expect(await eventTypes(served, before.length)).toEqual([
    'payment_method.attached',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice.updated',
    'invoice_payment.paid',
    'invoice.paid',
    'invoice.payment_succeeded',
    'customer.subscription.updated',
    'customer.subscription.updated',
    'checkout.session.completed',
  ]);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription.default_payment_method'] });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    subscription: { id: waiting?.id, status: 'active', default_payment_method: { card: { last4: '4444' } } },
  });
  expect(await subscriptionsOf(served)).toHaveLength(1);
});

it('begins anew where what waited to be paid has expired', async () => {
  await using served = await servePayments();
  const session = await begin(served);
  await pay(served, session, '4000000000009995');
  await advanceTo(served, session.created + 23.5 * 3600);
  expect((await pay(served, session, '4242424242424242')).status).toBe(303);
  expect((await subscriptionsOf(served)).map(({ status }) => status)).toEqual(['active', 'incomplete_expired']);
});

it('begins no second one where the app was paid for the first in another way', async () => {
  await using served = await servePayments();
  const session = await begin(served);
  await pay(served, session, '4000000000000002');
  const [waiting] = await subscriptionsOf(served);
  const invoice = waiting?.latest_invoice as Stripe.Invoice;
  await served.stripe.invoices.pay(invoice.id, { paid_out_of_band: true });
  expect((await pay(served, session, '4242424242424242')).to).toBe('http://shop.localhost/done');
  expect(await subscriptionsOf(served)).toHaveLength(1);
});

it('goes through 3-D Secure, and fails where that fails', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const session = await begin(served);
  const asked = await pay(served, session, '4000002760003184');
  expect(asked.to).toContain('/pay/authenticate/pi_');
  expect((await eventTypes(served)).slice(-2)).toEqual([
    'payment_intent.requires_action',
    'invoice.payment_action_required',
  ]);
  const back = await visit(served, (await visit(served, asked.to, { answer: 'fail' })).to);
  expect([back.status, back.text]).toEqual([402, expect.stringContaining('failed authentication')]);
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  const again = await pay(served, session, '4000002760003184');
  // Done with the payment, also where the browser never comes back.
  const { to } = await visit(served, again.to, { answer: 'complete' });
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'invoice'] })).toMatchObject({
    status: 'complete',
    payment_status: 'paid',
    subscription: { status: 'active', default_payment_method: expect.stringMatching(/^pm_/) },
    invoice: { status: 'paid' },
  });
  expect((await eventTypes(served)).at(-1)).toBe('checkout.session.completed');
  expect((await visit(served, to)).to).toBe('http://shop.localhost/done');
});

it('lets it be tried out first, with a card that its bank lets be saved', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const tried = await begin(served, { subscription_data: { trial_period_days: 7 } });
  expect(tried.amount_total).toBe(0);
  const declined = await pay(served, tried, '4000000000000002');
  expect([declined.status, declined.text]).toEqual([402, expect.stringContaining('Your card was declined.')]);
  expect(await subscriptionsOf(served)).toEqual([]);
  const asked = await pay(served, tried, '4000002500003155');
  expect(asked.to).toContain('/pay/authenticate/seti_');
  await visit(served, asked.to, { answer: 'complete' });
  const done = await stripe.checkout.sessions.retrieve(tried.id, { expand: ['subscription'] });
  expect(done).toMatchObject({
    status: 'complete',
    payment_status: 'no_payment_required',
    setup_intent: null,
    subscription: { status: 'trialing', pending_setup_intent: null },
  });
  // Who was asked when the card was saved is not asked again.
  await advanceTo(served, tried.created + 7 * DAY + 3600);
  const [subscription] = await subscriptionsOf(served);
  expect(subscription).toMatchObject({ status: 'active', latest_invoice: { status: 'paid', total: 1000 } });
});

it('takes what a customer has as credit, and saves the card', async () => {
  await using served = await servePayments();
  const { id: customer } = await served.stripe.customers.create({ balance: -5000 });
  const session = await begin(served, { customer });
  expect((await pay(served, session, '4242424242424242')).status).toBe(303);
  expect((await served.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  const [subscription] = await subscriptionsOf(served);
  expect(subscription).toMatchObject({ status: 'active', default_payment_method: expect.stringMatching(/^pm_/) });
});

it.skipIf(!hasChromium)('is bought in a browser, with a second card and 3-D Secure (chromium)', async () => {
  await using served = await serveToBrowsers();
  const session = await begin(served);
  await using tab = await openPage();
  const { page } = tab;
  await page.route('http://shop.localhost/**', (route) => route.fulfill({ body: 'Welcome!' }));
  const payWith = async (number: string) => {
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Card number').fill(number);
    await page.getByRole('button', { name: 'Pay $10.00' }).click();
  };
  await page.goto(session.url as string);
  await payWith('4000 0000 0000 9995');
  expect(await page.getByRole('alert').innerText()).toBe('Your card has insufficient funds.');
  await payWith('4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Fail authentication' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('failed authentication');
  await payWith('4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Complete authentication' }).click();
  await page.getByText('Welcome!').waitFor();
  expect((await subscriptionsOf(served)).map(({ status }) => status)).toEqual(['active']);
  expect(tab.errors).toEqual([]);
});

it('saves a card once for the customer that it makes', async () => {
  await using served = await servePayments();
  for (const subscription_data of [{}, { trial_period_days: 7 }]) {
    const session = await begin(served, { subscription_data });
    const before = (await eventTypes(served)).length;
    await pay(served, session, '4242424242424242');
    const told = await eventTypes(served, before);
    expect(told.filter((type) => type === 'payment_method.attached')).toHaveLength(1);
  }
});
