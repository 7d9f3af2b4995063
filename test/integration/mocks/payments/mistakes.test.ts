import { expect, it } from 'vitest';
import { servePayments } from '../../../support/payments.ts';

it('refuses what is no e-mail address', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const invalid = { code: 'email_invalid', message: 'Invalid email address: nope' };
  await expect(stripe.customers.create({ email: 'nope' })).rejects.toMatchObject({ ...invalid, param: 'email' });
  const { id } = await stripe.customers.create({ email: 'ada@example.com' });
  await expect(stripe.customers.update(id, { email: 'nope' })).rejects.toMatchObject(invalid);
  expect((await stripe.customers.update(id, { email: '' })).email).toBeNull();
  const paid = { amount: 900, currency: 'usd', receipt_email: 'nope' };
  await expect(stripe.paymentIntents.create(paid)).rejects.toMatchObject({ ...invalid, param: 'receipt_email' });
});

it('refuses to tell an endpoint of events that there are none of', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const url = 'http://127.0.0.1:1/';
  const wrong = {
    statusCode: 400,
    message: expect.stringMatching(/^Invalid enabled_events\[1\]: must be one of \*, account/),
  };
  const enabled_events = ['charge.failed', 'nope.nope' as 'charge.failed'] as const;
  await expect(stripe.webhookEndpoints.create({ url, enabled_events: [...enabled_events] })).rejects.toMatchObject(
    wrong,
  );
  const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['customer.subscription.updated'] });
  await expect(stripe.webhookEndpoints.update(id, { enabled_events: [...enabled_events] })).rejects.toMatchObject(
    wrong,
  );
});

it('refuses to list by an object that is not there', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const lists = {
    charge: () => stripe.refunds.list({ charge: 'gone' }),
    customer: () => stripe.invoices.list({ customer: 'gone' }),
    payment_intent: () => stripe.checkout.sessions.list({ payment_intent: 'gone' }),
    product: () => stripe.prices.list({ product: 'gone' }),
    subscription: () => stripe.invoices.list({ subscription: 'gone' }),
  };
  for (const [param, call] of Object.entries(lists)) {
    const message = `No such ${param}: 'gone'`;
    await expect(call()).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing', param, message });
  }
  const { id: customer } = await stripe.customers.create();
  await stripe.customers.del(customer);
  expect((await stripe.invoices.list({ customer })).data).toEqual([]);
});
