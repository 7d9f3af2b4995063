import { expect, it } from 'vitest';
import { payingCustomer, priceOf } from '../../../support/billing.ts';
import { servePayments } from '../../../support/payments.ts';

const unsupported = {
  headers: { 'x-devenv-unsupported': 'true' },
  message: expect.stringContaining("doesn't implement"),
};

it.each(['elements', 'embedded_page', 'form'] as const)('a checkout of ui_mode %s', async (ui_mode) => {
  await using served = await servePayments();
  const { stripe } = served;
  const line_items = [{ price: 'price_1', quantity: 1 }];
  const session = { mode: 'payment', ui_mode, line_items, return_url: 'https://shop.example/' } as const;
  await expect(stripe.checkout.sessions.create(session)).rejects.toMatchObject(unsupported);
  expect(served.mocks.calls.at(-1)?.answer.told.unsupported).toBe(true);
});

it.each(['min_period_end', 'max_period_end', 'max_billed_until'] as const)('cancel_at=%s', async (cancel_at) => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = (await payingCustomer(served)).id;
  const items = [{ price: (await priceOf(served)).id }];
  await expect(stripe.subscriptions.create({ customer, items, cancel_at } as never)).rejects.toMatchObject(unsupported);
  const { id } = await stripe.subscriptions.create({ customer, items });
  await expect(stripe.subscriptions.update(id, { cancel_at } as never)).rejects.toMatchObject(unsupported);
});

it('what a customer would include', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const { id } = await stripe.customers.create();
  const expand = (field: string) => stripe.customers.retrieve(id, { expand: [field] });
  expect(await expand('subscriptions')).toMatchObject({ subscriptions: { data: [] } });
  await expect(expand('tax_ids')).rejects.toMatchObject(unsupported);
  await expect(stripe.customers.list({ expand: ['data.sources'] })).rejects.toMatchObject(unsupported);
});

it("but not what today's version has elsewhere", async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = (await payingCustomer(served)).id;
  const items = [{ price: (await priceOf(served)).id }];
  const { id } = await stripe.subscriptions.create({ customer, items });
  const gone = stripe.invoices.list({ customer, expand: ['data.subscription'] });
  await expect(gone).rejects.toMatchObject({ message: 'This property cannot be expanded (subscription).' });
  await expect(gone).rejects.not.toMatchObject({ headers: { 'x-devenv-unsupported': 'true' } });
  const { data } = await stripe.invoices.list({ customer, expand: ['data.parent.subscription_details.subscription'] });
  expect(data[0]?.parent?.subscription_details?.subscription).toMatchObject({ id, object: 'subscription' });
});
