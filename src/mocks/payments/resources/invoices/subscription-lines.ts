import type { Stripe } from 'stripe';
import { amountFor } from '../../billing/amounts.ts';
import { type TierPart, tierParts } from '../../billing/tiers.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { tiersOf } from '../prices/tiers.ts';
import { blankLine, decimal, perInterval, priceText, pricingOf, productName } from './lines.ts';

type Line = Stripe.InvoiceLineItem;
type Item = Stripe.SubscriptionItem;

/** Of one item of a subscription, for the period that it is in: one, or one for each of its price's tiers and flat fees. */
export function subscriptionLines(item: Item, trialing: boolean, tx: Transaction): Line[] {
  const { price, quantity = 1 } = item;
  const name = productName(price, tx);
  if (trialing) return [lineOf(item, { amount: 0, quantity, description: `Trial period for ${name}` }, tx)];
  const tiers = tiersOf(price, tx);
  if (!tiers) {
    const description = `${quantity} × ${name} (at ${priceText(price)})`;
    return [lineOf(item, { amount: amountFor(price, quantity), quantity, description }, tx)];
  }
  const parts = tierParts(tiers, price.tiers_mode, quantity);
  return parts.flatMap((part) => tierAmounts(part, name, price)).map((amount) => lineOf(item, amount, tx));
}

interface Amount {
  readonly amount: number;
  readonly quantity: number;
  readonly description: string;
  /** Where it is not the price's own. */
  readonly unit?: Stripe.Decimal | null;
}

/** What is in a tier, and its flat fee; where nothing is in it, its fee alone. */
function tierAmounts({ tier, number, quantity, units, flat }: TierPart, name: string, price: Stripe.Price): Amount[] {
  const text = (amount: unknown) => perInterval(money(Number(amount ?? 0), price.currency), price);
  const each = tier.unit_amount_decimal;
  const inIt = `${quantity} × ${name} (Tier ${number} at ${text(each)})`;
  const fee = `1 × ${name} (Tier ${number} flat fee at ${text(tier.flat_amount_decimal)})`;
  return [
    ...(each !== null && (quantity > 0 || flat === 0)
      ? [{ amount: units, quantity, description: inIt, unit: each }]
      : []),
    ...(flat > 0 || each === null
      ? [{ amount: flat, quantity: 1, description: fee, unit: tier.flat_amount_decimal }]
      : []),
  ];
}

function lineOf(item: Item, { amount, quantity, description, unit }: Amount, tx: Transaction): Line {
  const { price, subscription } = item;
  return {
    ...blankLine(tx),
    amount,
    subtotal: amount,
    currency: price.currency,
    description,
    discountable: true,
    metadata: item.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pricing: { ...pricingOf(price), ...(unit !== undefined && { unit_amount_decimal: unit }) },
    quantity,
    quantity_decimal: decimal(quantity),
    subscription,
  } satisfies Line;
}
