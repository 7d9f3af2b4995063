import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { productIdOf } from '../prices/price.ts';

type Line = Stripe.InvoiceLineItem;

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

/** `$10.00 / month`, `$10.00 / every 3 months`, `in tiers / month`. */
export function priceText({ billing_scheme, unit_amount, unit_amount_decimal, ...price }: Stripe.Price): string {
  const isTiered = billing_scheme === 'tiered';
  return perInterval(isTiered ? 'in tiers' : money(unit_amount ?? Number(unit_amount_decimal), price.currency), price);
}

export function perInterval(amount: string, { recurring }: Pick<Stripe.Price, 'recurring'>): string {
  if (!recurring) return amount;
  const { interval, interval_count: count } = recurring;
  return `${amount} / ${count === 1 ? interval : `every ${count} ${interval}s`}`;
}

export function blankLine(tx: Transaction) {
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
