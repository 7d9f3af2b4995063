import { amountFor, type Priced } from './amounts.ts';

interface Bought {
  readonly price: Priced;
  readonly quantity: number;
}

interface Period {
  readonly start: number;
  readonly end: number;
}

/** What the rest of a period is worth, by the second: https://docs.stripe.com/billing/subscriptions/prorations */
export function worthOfRest({ price, quantity }: Bought, { start, end }: Period, now: number): number {
  const rest = Math.min(1, Math.max(0, (end - now) / (end - start)));
  return Math.round(amountFor(price, quantity) * rest);
}
