import { expect, it } from 'vitest';
import { payingCustomer, priceOf } from '../../../support/billing.ts';
import { servePayments } from '../../../support/payments.ts';

it('lets a customer end a subscription, let it go on, and pay with another card', async () => {
  await using served = await servePayments();
  const { stripe } = served;
  const customer = await payingCustomer(served);
  const price = await priceOf(served);
  const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const stranger = await payingCustomer(served);
  const other = await stripe.subscriptions.create({ customer: stranger.id, items: [{ price: price.id }] });
  const session = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: 'http://shop.localhost/account',
  });
  const page = served.mocks.url.replace(/\/$/, '') + new URL(session.url).pathname;
  const send = (path: string, form: Record<string, string>) =>
    fetch(page + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const shown = await (await fetch(page)).text();
  expect(shown).toContain('Pro, $10.00 / month');
  expect(shown).toContain('renews on 2026-02-01');
  expect(shown).toContain('visa •••• 4242');
  expect(shown).toContain('http://shop.localhost/account');
  expect((await send(`/subscriptions/${id}`, { ends: 'true' })).status).toBe(303);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: true, status: 'active' });
  expect(await (await fetch(page)).text()).toContain('ends on 2026-02-01');
  await send(`/subscriptions/${id}`, { ends: 'false' });
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ cancel_at_period_end: false, cancel_at: null });
  expect((await send(`/subscriptions/${other.id}`, { ends: 'true' })).status).toBe(404);
  expect((await stripe.subscriptions.retrieve(other.id)).cancel_at_period_end).toBe(false);
  const card = { number: '5555555555554444', expiry: '12 / 30', cvc: '123' };
  expect((await send('/card', card)).status).toBe(303);
  expect(await (await fetch(page)).text()).toContain('mastercard •••• 4444');
  const refused = await send('/card', { ...card, number: '4000000000000002' });
  expect([refused.status, await refused.text()]).toEqual([402, expect.stringContaining('declined')]);
  const { data } = await stripe.invoices.list({ subscription: id });
  const invoice = new URL(data[0]?.hosted_invoice_url as string).pathname;
  expect(await (await fetch(new URL(invoice, served.mocks.url))).text()).toContain('1 × Pro');
});
