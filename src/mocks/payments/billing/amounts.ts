import type { Stripe } from 'stripe';

/** Of so many, in the smallest unit of the currency. */
export function amountFor(price: Pick<Stripe.Price, 'unit_amount' | 'unit_amount_decimal'>, quantity: number): number {
  return Math.round((price.unit_amount ?? Number(price.unit_amount_decimal)) * quantity);
}
