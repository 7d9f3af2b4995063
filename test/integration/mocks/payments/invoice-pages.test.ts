import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { advanceTo, DAY, eventTypes, payingCustomer, priceOf } from '../../../support/billing.ts';
import { hasChromium, openPage } from '../../../support/browser.ts';
import { type ServedPayments, servePayments, serveToBrowsers } from '../../../support/payments.ts';
import { CARD, visit } from '../../../support/visit.ts';

/** What is sent to be paid: two mugs without a description. */
async function sendInvoice({ stripe }: ServedPayments): Promise<Stripe.Invoice> {
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' });
  const product_data = { name: 'Mug' };
  const price = await stripe.prices.create({ currency: 'usd', unit_amount: 450, product_data });
  const sent = { collection_method: 'send_invoice', days_until_due: 7 } as const;
  const { id } = await stripe.invoices.create({ customer, ...sent });
  await stripe.invoiceItems.create({ customer, invoice: id, pricing: { price: price.id }, quantity: 2 });
  return stripe.invoices.sendInvoice(id);
}

it('is paid on its page, with the events of an invoice that is paid by a call', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const byCall = await sendInvoice(served);
  const before = (await eventTypes(served)).length;
  await stripe.invoices.pay(byCall.id, { payment_method: 'pm_card_visa' });
  const ofCall = await eventTypes(served, before);

  const invoice = await sendInvoice(served);
  const url = invoice.hosted_invoice_url as string;
  const page = await visit(served, url);
  expect(page.text).toMatch(/Mug[\s\S]*\$9\.00[\s\S]*Pay \$9\.00/);
  expect(page.text).toContain('due on 2026-01-08');
  const declined = await visit(served, url, { ...CARD, number: '4000000000009995' });
  expect([declined.status, declined.text.includes('id="problem">Your card has insufficient funds.')]).toEqual([
    402,
    true,
  ]);
  expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'open', attempted: true });
  expect((await visit(served, url, { ...CARD, expiry: '' })).text).toContain('expiration date is incomplete');
  const unpaid = (await eventTypes(served)).length;
  expect(await visit(served, url, CARD)).toMatchObject({ status: 303, to: url });
  const told = await eventTypes(served, unpaid);
  expect(told.filter((type) => type !== 'customer.updated')).toEqual(ofCall);
  const paid = await stripe.invoices.retrieve(invoice.id, {
    expand: ['payments.data.payment.payment_intent.latest_charge'],
  });
  expect(paid).toMatchObject({
    status: 'paid',
    amount_paid: 900,
    payments: {
      data: [
        {
          payment: {
            payment_intent: { latest_charge: { billing_details: { email: 'ada@example.com', name: 'Ada' } } },
          },
        },
      ],
    },
  });
  const after = await visit(served, url);
  expect([after.text.includes('paid'), after.text.includes('<form')]).toEqual([true, false]);
  // Sent once more, as by a second tab.
  expect((await visit(served, url, CARD)).status).toBe(200);
  expect((await stripe.charges.list({ customer: invoice.customer as string })).data).toHaveLength(2);
});

it('ends the dunning of a subscription', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = (await payingCustomer(served)).id;
  const { id, created } = await stripe.subscriptions.create({
    customer,
    items: [{ price: (await priceOf(served)).id }],
  });
  const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.subscriptions.update(id, { default_payment_method: failing.id });
  await advanceTo(served, created + 32 * DAY);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
  const [invoice] = (await stripe.invoices.list({ customer, status: 'open' })).data;
  const url = invoice?.hosted_invoice_url as string;
  const asked = await visit(served, url, { ...CARD, number: '4000000000003220' });
  expect(asked.to).toContain('/pay/authenticate/pi_');
  const failed = await visit(served, asked.to, { answer: 'fail' });
  const back = await visit(served, failed.to);
  expect([back.status, back.text.includes('has failed authentication')]).toEqual([402, true]);
  const again = await visit(served, url, { ...CARD, number: '4000000000003220' });
  const done = await visit(served, again.to, { answer: 'complete' });
  expect(await visit(served, done.to)).toMatchObject({ status: 200, text: expect.not.stringContaining('<form') });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  expect(await stripe.invoices.retrieve(invoice?.id as string)).toMatchObject({
    status: 'paid',
    next_payment_attempt: null,
  });
});

it('shows what is void without a form', async () => {
  await using served = await servePayments();
  const { id, hosted_invoice_url } = await sendInvoice(served);
  await served.stripe.invoices.voidInvoice(id);
  const page = await visit(served, hosted_invoice_url as string);
  expect([page.text.includes('void'), page.text.includes('<form')]).toEqual([true, false]);
  expect((await visit(served, hosted_invoice_url as string, CARD)).status).toBe(200);
  expect((await served.stripe.invoices.retrieve(id)).status).toBe('void');
});

it.skipIf(!hasChromium)('is paid in a browser, with a second card and 3-D Secure (chromium)', async () => {
  await using served = await serveToBrowsers();
  const invoice = await sendInvoice(served);
  await using tab = await openPage();
  const { page } = tab;
  await page.goto(invoice.hosted_invoice_url as string);
  expect(await page.getByRole('region', { name: 'Invoice' }).innerText()).toMatch(/Mug\s+\$9\.00/);
  const pay = async (number: string): Promise<void> => {
    await page.getByLabel('Card number').fill(number);
    await page.getByRole('button', { name: 'Pay $9.00' }).click();
  };
  await pay('4000 0000 0000 0002');
  expect(await page.getByRole('alert').innerText()).toBe('Your card was declined.');
  await pay('4000 0000 0000 3220');
  await page.getByRole('button', { name: 'Complete authentication' }).click();
  await page.getByRole('heading', { name: /paid$/ }).waitFor();
  expect(await page.getByLabel('Card number').count()).toBe(0);
  expect((await served.stripe.invoices.retrieve(invoice.id)).status).toBe('paid');
  expect(tab.errors).toEqual([]);
});
