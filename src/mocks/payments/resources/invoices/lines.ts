import type { Stripe } from 'stripe';
import { amountFor } from '../../billing/amounts.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { productIdOf } from '../prices/price.ts';

type Line = Stripe.InvoiceLineItem;
type Item = Stripe.SubscriptionItem;

/** Of one item of a subscription, for the period that its item is in. */
export function subscriptionLine(item: Item, trialing: boolean, tx: Transaction): Line {
  const { price, quantity = 1, subscription } = item;
  const amount = trialing ? 0 : amountFor(price, quantity);
  const name = productName(price, tx);
  return {
    ...blankLine(tx),
    amount,
    subtotal: amount,
    currency: price.currency,
    description: trialing ? `Trial period for ${name}` : `${quantity} × ${name} (at ${priceText(price)})`,
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
    pricing: pricingOf(price),
    quantity,
    quantity_decimal: decimal(quantity),
    subscription,
  } satisfies Line;
}

/** Of something that was added to an invoice, or waited for one. */
export function itemLine(item: Stripe.InvoiceItem, tx: Transaction): Line {
  const subscription = (item.parent?.subscription_details?.subscription ?? null) as string | null;
  return {
    ...blankLine(tx),
    amount: item.amount,
    subtotal: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent: parentOf(item, subscription),
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
  } satisfies Line;
}

/** A proration is of the subscription's item that was changed, also where that waited for an invoice. */
function parentOf(item: Stripe.InvoiceItem, subscription: string | null): Line['parent'] {
  const details = {
    invoice_item: item.id,
    proration: item.proration,
    proration_details: { credited_items: null },
    subscription,
  };
  const changed = item.parent?.subscription_details?.subscription_item;
  if (!item.proration || changed === undefined) {
    return { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' };
  }
  const ofItem = { ...details, subscription_item: changed };
  return { invoice_item_details: null, subscription_item_details: ofItem, type: 'subscription_item_details' };
}

/** The item that waited for an invoice and became this line, if any. */
export function itemIdOf({ parent }: Line): string | null {
  return parent?.invoice_item_details?.invoice_item ?? parent?.subscription_item_details?.invoice_item ?? null;
}

export function pricingOf(price: Stripe.Price): Stripe.InvoiceLineItem.Pricing & Stripe.InvoiceItem.Pricing {
  return {
    price_details: { price: price.id, product: productIdOf(price) },
    type: 'price_details',
    unit_amount_decimal: price.unit_amount_decimal,
  };
}

export function productName(price: Stripe.Price, tx: Transaction): string {
  const product = tx.find('product', productIdOf(price));
  return product && !product.deleted ? product.name : productIdOf(price);
}

/** Text on the wire; only the SDK makes a Decimal of it. */
export function decimal(number: number): Stripe.Decimal {
  return String(number) as unknown as Stripe.Decimal;
}

/** `$10.00 / month`, `$10.00 / every 3 months`. */
export function priceText({ unit_amount, unit_amount_decimal, currency, recurring }: Stripe.Price): string {
  const amount = money(unit_amount ?? Number(unit_amount_decimal), currency);
  if (!recurring) return amount;
  const { interval, interval_count: count } = recurring;
  return `${amount} / ${count === 1 ? interval : `every ${count} ${interval}s`}`;
}

function blankLine(tx: Transaction) {
  return {
    id: tx.id('il'),
    object: 'line_item',
    discount_amounts: [],
    discounts: [],
    invoice: null,
    livemode: false,
    pretax_credit_amounts: [],
    taxes: [],
  } satisfies Partial<Line>;
}
