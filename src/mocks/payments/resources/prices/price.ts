import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

interface Given {
  readonly currency: string;
  readonly product: string;
  /** In the currency's smallest unit. */
  readonly unitAmount: number;
  readonly recurring?: Stripe.Price.Recurring;
}

/** So much a piece, once or again and again. */
export function newPrice({ currency, product, unitAmount, recurring }: Given, tx: Transaction): Stripe.Price {
  return {
    id: tx.id('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: tx.now,
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: recurring ?? null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: unitAmount,
    // Text in an answer; the library makes a Decimal of it.
    unit_amount_decimal: String(unitAmount) as unknown as Stripe.Decimal,
  } satisfies Stripe.Price;
}
