import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, payingCustomer, priceOf, seconds } from '../../../support/billing.ts';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';
import { visit } from '../../../support/visit.ts';

/** A code for ten percent off. */
async function codeOf({ stripe }: ServedPayments, more: Partial<Stripe.PromotionCodeCreateParams> = {}) {
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
  return stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, ...more });
}

/** Subscribes with the code to something for ten dollars a month. */
async function subscribe(served: ServedPayments, code: string, customer?: string) {
  const price = await priceOf(served);
  return served.stripe.subscriptions.create({
    customer: customer ?? (await payingCustomer(served)).id,
    items: [{ price: price.id }],
    discounts: [{ promotion_code: code }],
    expand: ['latest_invoice'],
  });
}

const refused = (why: string) => ({
  statusCode: 400,
  param: 'discounts[0][promotion_code]',
  message: expect.stringContaining(`This promotion code cannot be redeemed because ${why}`),
});

it('is redeemed as often as it may, by then or until it is switched off', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const once = await codeOf(served, { max_redemptions: 1 });
  expect(await subscribe(served, once.id)).toMatchObject({ latest_invoice: { total: 900 } });
  expect(await stripe.promotionCodes.retrieve(once.id)).toMatchObject({ times_redeemed: 1, active: false });
  await expect(subscribe(served, once.id)).rejects.toMatchObject(refused('it is inactive'));
  const short = await codeOf(served, { expires_at: once.created + DAY });
  await advanceTo(served, once.created + DAY);
  await subscribe(served, short.id);
  await advanceTo(served, once.created + DAY + 2);
  await expect(subscribe(served, short.id)).rejects.toMatchObject(refused('it is inactive'));
  const off = await codeOf(served);
  await stripe.promotionCodes.update(off.id, { active: false });
  await expect(subscribe(served, off.id)).rejects.toMatchObject(refused('it is inactive'));
  expect((await stripe.promotionCodes.list({ active: true })).data).toEqual([]);
  expect((await stripe.promotionCodes.list({ active: false })).data).toHaveLength(3);
});

it('is for its customer alone', async () => {
  await using served = await servePayments();
  const [own, other] = [await payingCustomer(served), await payingCustomer(served)];
  const code = await codeOf(served, { customer: own.id });
  await expect(subscribe(served, code.id, other.id)).rejects.toMatchObject(refused('it is for another customer'));
  expect((await subscribe(served, code.id, own.id)).discounts).toHaveLength(1);
  await expect(codeOf(served, { customer: 'cus_none' })).rejects.toMatchObject({ code: 'resource_missing' });
});

it('is for those who have never paid, where it says so', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const code = await codeOf(served, { restrictions: { first_time_transaction: true } });
  const prior = {
    ...refused('the associated customer has prior transactions.'),
    code: 'promotion_code_customer_not_first_time',
  };
  const once = await payingCustomer(served);
  await subscribe(served, code.id, once.id);
  await expect(subscribe(served, code.id, once.id)).rejects.toMatchObject(prior);
  const charged = await payingCustomer(served);
  const pays = { amount: 500, currency: 'usd', customer: charged.id, off_session: true, confirm: true };
  const payment_method = charged.invoice_settings.default_payment_method as string;
  await stripe.paymentIntents.create({ ...pays, payment_method });
  await expect(subscribe(served, code.id, charged.id)).rejects.toMatchObject(prior);
  // A draft, or what was taken back, is none.
  const drafted = await payingCustomer(served);
  const { id } = await stripe.invoices.create({ customer: drafted.id });
  await stripe.invoiceItems.create({ customer: drafted.id, invoice: id, amount: 500 });
  await stripe.invoices.finalizeInvoice(id, { auto_advance: false });
  await expect(subscribe(served, code.id, drafted.id)).rejects.toMatchObject(prior);
  await stripe.invoices.voidInvoice(id);
  await stripe.invoices.create({ customer: drafted.id });
  expect((await subscribe(served, code.id, drafted.id)).discounts).toHaveLength(1);
});

it('asks for an amount in its currency', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const from = (minimum_amount: number, minimum_amount_currency = 'usd') =>
    codeOf(served, { restrictions: { minimum_amount, minimum_amount_currency } });
  const [enough, more, foreign] = [await from(1000), await from(1001), await from(100, 'eur')];
  expect(await subscribe(served, enough.id)).toMatchObject({ latest_invoice: { subtotal: 1000, total: 900 } });
  const low = refused('the associated purchase does not meet the minimum amount requirement.');
  await expect(subscribe(served, more.id)).rejects.toMatchObject(low);
  await expect(subscribe(served, foreign.id)).rejects.toMatchObject(low);
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  // What is tried out first is not bought yet.
  const trial = { customer: customer.id, items: [{ price: price.id }], trial_period_days: 3 };
  const tried = stripe.subscriptions.create({ ...trial, discounts: [{ promotion_code: enough.id }] });
  await expect(tried).rejects.toMatchObject(low);
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const discounts = [{ promotion_code: more.id }];
  await expect(stripe.subscriptions.update(subscription.id, { discounts })).rejects.toMatchObject(low);
  const items = [{ id: subscription.items.data[0]?.id as string, quantity: 2 }];
  expect((await stripe.subscriptions.update(subscription.id, { items, discounts })).discounts).toHaveLength(1);
  const invoice = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'exclude' });
  await expect(stripe.invoices.update(invoice.id, { discounts })).rejects.toMatchObject(low);
  const preview = (quantity: number) =>
    stripe.invoices.createPreview({
      customer: customer.id,
      subscription_details: { items: [{ price: price.id, quantity }] },
      discounts,
    });
  await expect(preview(1)).rejects.toMatchObject(low);
  expect((await preview(2)).total).toBe(1800);
});

it('refuses restrictions that do not go together, and coupons of another currency', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  await expect(codeOf(served, { restrictions: { minimum_amount: 5 } })).rejects.toMatchObject({
    code: 'parameter_missing',
    param: 'restrictions[minimum_amount_currency]',
  });
  await expect(codeOf(served, { expires_at: seconds('2025-01-01T00:00:00') })).rejects.toMatchObject({
    param: 'expires_at',
  });
  const coupon = await stripe.coupons.create({ amount_off: 100, currency: 'eur', max_redemptions: 2 });
  const promotion = { type: 'coupon', coupon: coupon.id } as const;
  await expect(stripe.promotionCodes.create({ promotion, max_redemptions: 3 })).rejects.toMatchObject({
    param: 'max_redemptions',
  });
  const code = await stripe.promotionCodes.create({ promotion });
  await expect(subscribe(served, code.id)).rejects.toThrow("can't be redeemed in usd");
});

it('is one of its name for each customer, in whatever case, among those that are active', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const exists = { statusCode: 400, code: 'resource_already_exists', param: 'code' };
  const [ada, bob] = [await payingCustomer(served), await payingCustomer(served)];
  const everybodys = await codeOf(served, { code: 'SPRING' });
  await expect(codeOf(served, { code: 'spring' })).rejects.toMatchObject(exists);
  const adas = await codeOf(served, { code: 'Spring', customer: ada.id });
  await expect(codeOf(served, { code: 'sprinG', customer: ada.id })).rejects.toMatchObject(exists);
  await codeOf(served, { code: 'Spring', customer: bob.id });
  // On a page it is one's own.
  const session = await stripe.checkout.sessions.create({
    ...{ mode: 'payment', customer: ada.id, allow_promotion_codes: true, success_url: 'http://shop.localhost/done' },
    line_items: [{ price_data: { currency: 'usd', unit_amount: 900, product_data: { name: 'Mug' } }, quantity: 1 }],
  });
  await visit(served, `${session.url}/code`, { code: 'SPRING' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).discounts).toMatchObject([{ promotion_code: adas.id }]);
  await stripe.promotionCodes.update(everybodys.id, { active: false });
  const next = await codeOf(served, { code: 'spring' });
  await expect(stripe.promotionCodes.update(everybodys.id, { active: true })).rejects.toMatchObject(exists);
  await stripe.promotionCodes.update(next.id, { active: false });
  expect(await stripe.promotionCodes.update(everybodys.id, { active: true })).toMatchObject({ active: true });
});

it('is told as it is once it has ended, whatever was asked', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const code = await codeOf(served, { expires_at: Math.floor(served.clock.now() / 1000) + DAY });
  await advanceTo(served, code.created + 2 * DAY);
  expect(await stripe.promotionCodes.update(code.id, { active: true, metadata: { of: 'May' } })).toMatchObject({
    active: false,
  });
  const [event] = (await stripe.events.list({ type: 'promotion_code.updated' })).data;
  expect(event?.data).toMatchObject({ object: { active: false }, previous_attributes: { metadata: { of: null } } });
});
