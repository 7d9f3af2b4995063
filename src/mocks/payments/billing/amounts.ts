import type { Stripe } from 'stripe';
import { sum } from './take-off.ts';
import { tierParts } from './tiers.ts';

/** What tells how much a price takes; Stripe shows the tiers of one that has them only if they are expanded. */
export type Priced = Pick<Stripe.Price, 'unit_amount' | 'unit_amount_decimal' | 'tiers' | 'tiers_mode'>;

/** Of so many, in the smallest unit of the currency. */
export function amountFor({ unit_amount, unit_amount_decimal, tiers, tiers_mode }: Priced, quantity: number): number {
  if (tiers) return sum(tierParts(tiers, tiers_mode, quantity).map(({ units, flat }) => units + flat));
  return Math.round((unit_amount ?? Number(unit_amount_decimal)) * quantity);
}
