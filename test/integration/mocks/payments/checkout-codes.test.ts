import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, payingCustomer, priceOf } from '../../../support/billing.ts';
import { hasChromium, openPage } from '../../../support/browser.ts';
import { type ServedPayments, servePayments, serveToBrowsers } from '../../../support/payments.ts';
import { CARD, visit } from '../../../support/visit.ts';

const MUGS = {
  price_data: { currency: 'usd', unit_amount: 1250, product_data: { name: 'Mug' } },
  quantity: 2,
};
const PAYMENT: Stripe.Checkout.SessionCreateParams = {
  mode: 'payment',
  line_items: [MUGS],
  success_url: 'http://shop.localhost/done',
};

async function codeOf({ stripe }: ServedPayments, code: string, more: Partial<Stripe.PromotionCodeCreateParams> = {}) {
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  return stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code, ...more });
}

it('takes a code off on its page, and counts it once it is paid', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const code = await codeOf(served, 'SAVE20');
  const session = await stripe.checkout.sessions.create({ ...PAYMENT, allow_promotion_codes: true });
  const url = session.url as string;
  expect((await visit(served, url)).text).toContain('Promotion code');
  const unknown = await visit(served, `${url}/code`, { code: 'SAVE' });
  expect([unknown.status, unknown.text]).toEqual([400, expect.stringContaining('This code is invalid.')]);
  expect(await visit(served, `${url}/code`, { code: ' save20 ' })).toMatchObject({ status: 303, to: url });
  const page = await visit(served, url);
  expect(page.text).toContain('SAVE20 (20% off)');
  expect(page.text).toContain('-$5.00');
  expect(page.text).toContain('Pay $20.00');
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] })).toMatchObject({
    amount_subtotal: 2500,
    amount_total: 2000,
    total_details: { amount_discount: 500 },
    discounts: [{ promotion_code: code.id }],
    line_items: { data: [{ amount_subtotal: 2500, amount_discount: 500, amount_total: 2000 }] },
  });
  await visit(served, `${url}/code`, { code: '' });
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ amount_total: 2500, discounts: [] });
  // The amount follows also where a card was tried already.
  await visit(served, url, { ...CARD, number: '4000000000000002' });
  await visit(served, `${url}/code`, { code: 'SAVE20' });
  expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(0);
  expect((await visit(served, url, CARD)).to).toBe('http://shop.localhost/done');
  expect((await stripe.paymentIntents.list()).data).toMatchObject([{ amount_received: 2000 }]);
  expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
  const plain = await stripe.checkout.sessions.create(PAYMENT);
  expect((await visit(served, plain.url as string)).text).not.toContain('Promotion code');
  expect((await visit(served, `${plain.url}/code`, { code: 'SAVE20' })).status).toBe(400);
});

it('refuses on its page what the restrictions of a code do not allow', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await codeOf(served, 'FIRST', { restrictions: { first_time_transaction: true } });
  await codeOf(served, 'LARGE', { restrictions: { minimum_amount: 2501, minimum_amount_currency: 'usd' } });
  await codeOf(served, 'OWN', { customer: (await payingCustomer(served)).id });
  const { created } = await codeOf(served, 'SHORT', { expires_at: Math.floor(served.clock.now() / 1000) + DAY });
  const allowed = { ...PAYMENT, allow_promotion_codes: true };
  const session = await stripe.checkout.sessions.create({ ...allowed, customer: customer.id });
  const saidOf = async (code: string) => (await visit(served, `${session.url}/code`, { code })).text;
  expect(await saidOf('FIRST')).toContain('the associated customer has prior transactions');
  expect(await saidOf('LARGE')).toContain('does not meet the minimum amount requirement');
  expect(await saidOf('OWN')).toContain('it is for another customer');
  // What expires before it is paid is told then.
  await advanceTo(served, created + DAY - 3600);
  const late = await stripe.checkout.sessions.create(allowed);
  await visit(served, `${late.url}/code`, { code: 'SHORT' });
  await advanceTo(served, created + DAY + 3600);
  const paid = await visit(served, late.url as string, CARD);
  expect([paid.status, paid.text]).toEqual([402, expect.stringContaining('it is inactive, has expired')]);
  expect((await visit(served, `${late.url}/code`, { code: 'SHORT' })).text).toContain('This code is invalid.');
});

it('takes nothing off with a code that leaves less than can be charged', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const most = await stripe.coupons.create({ amount_off: 2480, currency: 'usd' });
  await codeOf(served, 'MOST', { promotion: { type: 'coupon', coupon: most.id } });
  const session = await stripe.checkout.sessions.create({ ...PAYMENT, allow_promotion_codes: true });
  const refused = await visit(served, `${session.url}/code`, { code: 'MOST' });
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('must add up to at least $0.50 usd')]);
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items'] })).toMatchObject({
    amount_total: 2500,
    line_items: { data: [{ amount_discount: 0, amount_total: 2500 }] },
  });
});

it('asks anew for a payment whose amount changes while 3-D Secure asks', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  await codeOf(served, 'SAVE20');
  const session = await stripe.checkout.sessions.create({ ...PAYMENT, allow_promotion_codes: true });
  const url = session.url as string;
  const card = { ...CARD, number: '4000000000003220' };
  const before = await visit(served, url, card);
  await visit(served, `${url}/code`, { code: 'SAVE20' });
  expect((await visit(served, before.to)).text).not.toContain('Complete authentication');
  await visit(served, before.to, { answer: 'complete' });
  expect((await visit(served, `${url}/return`)).text).toContain('The payment was not made.');
  expect((await stripe.charges.list()).data).toEqual([]);
  const after = await visit(served, url, card);
  // The same price as before changes nothing.
  await visit(served, `${url}/code`, { code: 'SAVE20' });
  await visit(served, after.to, { answer: 'complete' });
  expect(await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })).toMatchObject({
    ...{ status: 'complete', amount_total: 2000 },
    payment_intent: { amount: 2000, amount_received: 2000 },
  });
});

it('begins with a coupon that the app gives, and refuses one that can not be redeemed', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const code = await codeOf(served, 'SAVE20', {
    restrictions: { minimum_amount: 9900, minimum_amount_currency: 'usd' },
  });
  const create = (more: object) => stripe.checkout.sessions.create({ ...PAYMENT, ...more });
  await expect(create({ discounts: [{ promotion_code: code.id }] })).rejects.toMatchObject({
    param: 'discounts[0][promotion_code]',
  });
  await expect(create({ discounts: [{ coupon: 'NONE' }], allow_promotion_codes: true })).rejects.toThrow(
    'only specify one',
  );
  const both = { coupon: 'NONE', promotion_code: code.id };
  await expect(create({ discounts: [both] })).rejects.toMatchObject({ param: 'discounts[0]' });
  await stripe.coupons.create({ id: 'ALL', percent_off: 100 });
  const free = await create({ discounts: [{ coupon: 'ALL' }] });
  expect(free).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required' });
  expect((await visit(served, free.url as string, CARD)).status).toBe(303);
  expect((await stripe.paymentIntents.list()).data).toEqual([]);
});

it('goes on with a code in the subscription that it begins', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const code = await codeOf(served, 'SAVE20');
  const price = await priceOf(served);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    line_items: [{ price: price.id, quantity: 1 }],
    allow_promotion_codes: true,
    success_url: 'http://shop.localhost/done',
  });
  await visit(served, `${session.url}/code`, { code: 'SAVE20' });
  // What has begun to be paid is no longer changed.
  await visit(served, session.url as string, { ...CARD, number: '4000000000000002' });
  expect((await visit(served, `${session.url}/code`, { code: '' })).status).toBe(400);
  await visit(served, session.url as string, CARD);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['subscription.latest_invoice', 'subscription'],
  });
  expect(done).toMatchObject({
    amount_total: 800,
    subscription: { status: 'active', latest_invoice: { subtotal: 1000, total: 800, amount_paid: 800 } },
  });
  expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);
});

it.skipIf(!hasChromium)('takes a code in a browser (chromium)', async () => {
  await using served = await serveToBrowsers();
  await codeOf(served, 'SAVE20');
  const session = await served.stripe.checkout.sessions.create({ ...PAYMENT, allow_promotion_codes: true });
  await using tab = await openPage();
  const { page } = tab;
  await page.route('http://shop.localhost/**', (route) => route.fulfill({ body: 'Thank you!' }));
  await page.goto(session.url as string);
  const order = page.getByRole('region', { name: 'Order' });
  await order.getByLabel('Promotion code').fill('NONE');
  await order.getByRole('button', { name: 'Apply' }).click();
  expect(await order.getByRole('alert').innerText()).toBe('This code is invalid.');
  await order.getByLabel('Promotion code').fill('SAVE20');
  await order.getByRole('button', { name: 'Apply' }).click();
  expect(await order.innerText()).toMatch(/SAVE20 \(20% off\)\s+-\$5\.00/);
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByRole('button', { name: 'Pay $20.00' }).click();
  await page.getByText('Thank you!').waitFor();
  expect((await served.stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
});
