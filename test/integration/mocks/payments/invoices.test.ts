import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { type ServedPayments, servePayments } from '../../../support/payments.ts';

async function payingCustomer({ stripe }: ServedPayments, card = 'pm_card_visa'): Promise<Stripe.Customer> {
  return stripe.customers.create({
    email: 'ada@example.com',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });
}

async function typesOf({ stripe }: ServedPayments): Promise<string[]> {
  return (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse();
}

it('collects an invoice with its items by the card of the customer', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 1500, currency: 'usd', description: 'Setup' });
  const draft = await stripe.invoices.create({ customer: customer.id, pending_invoice_items_behavior: 'include' });
  expect(draft).toMatchObject({ status: 'draft', amount_due: 1500, number: null, auto_advance: false });
  const more = { customer: customer.id, invoice: draft.id, price_data: { currency: 'usd', unit_amount: 250 } };
  const { id: product } = await stripe.products.create({ name: 'Hours' });
  await stripe.invoiceItems.create({ ...more, quantity: 2, price_data: { ...more.price_data, product } });
  const before = (await typesOf(served)).length;
  const open = await stripe.invoices.finalizeInvoice(draft.id, { expand: ['confirmation_secret', 'payments'] });
  expect(open).toMatchObject({ status: 'open', total: 2000, amount_due: 2000, lines: { data: [{}, {}] } });
  expect(open.number).toMatch(/^\w{8}-0001$/);
  expect(open.confirmation_secret?.client_secret).toMatch(/^pi_\w+_secret_/);
  expect(open.payments?.data).toMatchObject([{ status: 'open', amount_requested: 2000 }]);
  const paid = await stripe.invoices.pay(open.id, {
    expand: ['payments.data.payment.payment_intent.latest_charge', 'customer'],
  });
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 2000, amount_remaining: 0, attempt_count: 1 });
  const [payment] = paid.payments?.data ?? [];
  expect(payment).toMatchObject({
    status: 'paid',
    payment: { payment_intent: { status: 'succeeded', latest_charge: { amount: 2000, customer: customer.id } } },
  });
  expect((await typesOf(served)).slice(before)).toEqual([
    'payment_intent.created',
    'invoice.finalized',
    'charge.succeeded',
    'payment_intent.succeeded',
    'invoice.updated',
    'invoice_payment.paid',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
  await expect(stripe.invoices.pay(open.id)).rejects.toThrow('already paid');
  const lines = await stripe.invoices.listLineItems(open.id, { limit: 1 }).autoPagingToArray({ limit: 10 });
  expect(lines.map(({ amount, description }) => [amount, description])).toEqual([
    [1500, 'Setup'],
    [500, 'Hours'],
  ]);
});

it('answers with the decline of the card, and keeps the invoice open', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served, 'pm_card_chargeCustomerFail');
  const draft = await stripe.invoices.create({ customer: customer.id });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 900, currency: 'usd' });
  await expect(stripe.invoices.pay(draft.id)).rejects.toMatchObject({
    statusCode: 402,
    code: 'card_declined',
    type: 'StripeCardError',
  });
  const open = await stripe.invoices.retrieve(draft.id);
  expect(open).toMatchObject({ status: 'open', attempted: true, attempt_count: 1, next_payment_attempt: null });
  expect(await typesOf(served)).toEqual(expect.arrayContaining(['charge.failed', 'invoice.payment_failed']));
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: true });
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  expect(await stripe.invoices.pay(draft.id, { payment_method: card.id })).toMatchObject({ status: 'paid' });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ delinquent: false });
});

it('is paid when a browser confirms its intent', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await stripe.customers.create();
  const draft = await stripe.invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 7,
  });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 900, currency: 'usd' });
  const open = await stripe.invoices.sendInvoice(draft.id, { expand: ['confirmation_secret'] });
  expect(open.due_date).toBe(open.created + 7 * 86_400);
  const intent = open.confirmation_secret?.client_secret.split('_secret_')[0] as string;
  await stripe.paymentIntents.confirm(intent, { payment_method: 'pm_card_visa', return_url: 'http://localhost/' });
  expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid' });
  const [updated] = (await stripe.events.list({ type: 'invoice.updated' })).data;
  expect(updated?.data).toMatchObject({ object: { status: 'paid' }, previous_attributes: { status: 'open' } });
});

it('can be voided, given up, paid elsewhere or deleted, each from where Stripe allows it', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const make = async (): Promise<string> => {
    const { id } = await stripe.invoices.create({ customer: customer.id });
    await stripe.invoiceItems.create({ customer: customer.id, invoice: id, amount: 900, currency: 'usd' });
    return id;
  };
  const [first, second, third, fourth] = [await make(), await make(), await make(), await make()];
  await expect(stripe.invoices.voidInvoice(first)).rejects.toMatchObject({ code: 'invoice_not_editable' });
  await stripe.invoices.finalizeInvoice(first);
  const voided = await stripe.invoices.voidInvoice(first, { expand: ['payments.data.payment.payment_intent'] });
  expect(voided).toMatchObject({
    status: 'void',
    payments: { data: [{ status: 'canceled', payment: { payment_intent: { status: 'canceled' } } }] },
  });
  await stripe.invoices.finalizeInvoice(second);
  expect(await stripe.invoices.markUncollectible(second)).toMatchObject({ status: 'uncollectible' });
  expect(await stripe.invoices.pay(second)).toMatchObject({ status: 'paid' });
  const outside = await stripe.invoices.pay(third, { paid_out_of_band: true });
  expect(outside).toMatchObject({ status: 'paid', amount_paid_off_stripe: 900 });
  expect(await stripe.invoices.del(fourth)).toMatchObject({ deleted: true });
  await expect(stripe.invoices.del(third)).rejects.toMatchObject({ code: 'invoice_not_editable' });
  const listed = await stripe.invoices.list({ customer: customer.id, status: 'paid' });
  expect(listed.data.map(({ id }) => id)).toEqual([third, second]);
});

it('takes the balance of the customer into account, and discounts before it', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  await stripe.customers.update(customer.id, { balance: -300 });
  await stripe.coupons.create({ id: 'TEN', percent_off: 10 });
  const draft = await stripe.invoices.create({ customer: customer.id, discounts: [{ coupon: 'TEN' }] });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 1000, currency: 'usd' });
  const paid = await stripe.invoices.pay(draft.id, { expand: ['discounts', 'total_discount_amounts.discount'] });
  expect(paid).toMatchObject({
    subtotal: 1000,
    total: 900,
    amount_due: 600,
    starting_balance: -300,
    ending_balance: 0,
    discounts: [{ source: { coupon: 'TEN' } }],
    total_discount_amounts: [{ amount: 100, discount: { object: 'discount' } }],
    lines: { data: [{ amount: 1000, discount_amounts: [{ amount: 100 }] }] },
  });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 0 });
  expect(await stripe.coupons.retrieve('TEN')).toMatchObject({ times_redeemed: 1 });
});

it('finalizes itself after an hour where it advances, and is tried on the days that are said', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served, 'pm_card_chargeCustomerFail');
  const draft = await stripe.invoices.create({ customer: customer.id, auto_advance: true });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: draft.id, amount: 900, currency: 'usd' });
  expect(draft.automatically_finalizes_at).toBe(draft.created + 3600);
  const at = async (seconds: number): Promise<Stripe.Invoice> => {
    await served.payments.stripe.advance?.((draft.created + seconds) * 1000);
    served.clock.moveTo((draft.created + seconds) * 1000);
    return stripe.invoices.retrieve(draft.id);
  };
  const day = 86_400;
  expect(await at(3599)).toMatchObject({ status: 'draft' });
  expect(await at(3600)).toMatchObject({
    status: 'open',
    attempt_count: 1,
    next_payment_attempt: draft.created + 3600 + 3 * day,
  });
  expect(await at(3600 + 3 * day)).toMatchObject({
    attempt_count: 2,
    next_payment_attempt: draft.created + 3600 + 8 * day,
  });
  expect(await at(3600 + 20 * day)).toMatchObject({ attempt_count: 4, next_payment_attempt: null, status: 'open' });
});
