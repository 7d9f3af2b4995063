import type Stripe from 'stripe';
import type { ServedPayments } from './payments.ts';

export const DAY = 86_400;

/** Months as the mock has them: for what a test expects, written out by hand. */
export function seconds(text: string): number {
  return Date.parse(`${text}Z`) / 1000;
}

export async function payingCustomer(
  { stripe }: Pick<ServedPayments, 'stripe'>,
  card = 'pm_card_visa',
  more: Stripe.CustomerCreateParams = {},
): Promise<Stripe.Customer> {
  return stripe.customers.create({
    email: 'ada@example.com',
    payment_method: card,
    invoice_settings: { default_payment_method: card },
    ...more,
  });
}

export async function priceOf(
  { stripe }: Pick<ServedPayments, 'stripe'>,
  amount = 1000,
  interval: 'day' | 'week' | 'month' | 'year' = 'month',
  name = 'Pro',
): Promise<Stripe.Price> {
  return stripe.prices.create({
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval },
    product_data: { name },
  });
}

/** Types of all events, oldest first. */
export async function eventTypes({ stripe }: Pick<ServedPayments, 'stripe'>, skip = 0): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
  return events
    .reverse()
    .map(({ type }) => type)
    .slice(skip);
}

/** The mocks' clock goes there, as `devenv time` moves it; seconds since 1970. */
export async function advanceTo({ payments, clock }: ServedPayments, time: number): Promise<void> {
  await payments.stripe.advance?.(time * 1000);
  clock.moveTo(time * 1000);
}
