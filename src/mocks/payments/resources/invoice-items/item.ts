import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { amountFor } from '../../billing/amounts.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { decimal, itemIdOf, itemLine, pricingOf, productName } from '../invoices/lines.ts';
import { withLines } from '../invoices/totals.ts';
import { createPrice } from '../prices/price.ts';
import type { createParams, updateParams } from './params.ts';

type Given = Params<typeof updateParams>;

export function newItem(
  customer: Stripe.Customer,
  given: Params<typeof createParams>,
  tx: Transaction,
): Stripe.InvoiceItem {
  const { currency = customer.currency ?? 'usd', subscription, invoice, customer: _, ...more } = given;
  if (subscription !== undefined) tx.get('subscription', subscription, 'subscription');
  const blank = {
    id: tx.id('ii'),
    object: 'invoiceitem',
    amount: 0,
    currency,
    customer: customer.id,
    customer_account: null,
    date: tx.now,
    description: null,
    discountable: true,
    discounts: [],
    invoice: invoice ?? null,
    livemode: false,
    metadata: {},
    parent: subscription === undefined ? null : parentOf(subscription),
    period: { start: tx.now, end: tx.now },
    pricing: null,
    proration: false,
    quantity: 1,
    quantity_decimal: decimal(1),
    tax_rates: [],
    test_clock: customer.test_clock ?? null,
  } satisfies Stripe.InvoiceItem;
  if (more.amount === undefined && !more.pricing && !more.price_data && more.unit_amount_decimal === undefined) {
    throw missingParameter('amount');
  }
  return withGiven(blank, more, tx);
}

/** What is not given stays. */
export function withGiven(item: Stripe.InvoiceItem, given: Given, tx: Transaction): Stripe.InvoiceItem {
  const { amount, description, discountable, metadata, period, quantity = item.quantity, unit_amount_decimal } = given;
  const price = priceOf(given, tx);
  const unit = price ? amountFor(price, quantity) : undefined;
  const typed = unit_amount_decimal === undefined ? undefined : Math.round(Number(unit_amount_decimal) * quantity);
  return {
    ...item,
    amount: unit ?? typed ?? amount ?? item.amount,
    ...(price && { currency: price.currency, pricing: pricingOf(price) }),
    ...(period && { period }),
    ...(discountable !== undefined && { discountable }),
    description: description ?? item.description ?? (price ? productName(price, tx) : null),
    metadata: mergeMetadata(item.metadata, metadata),
    quantity,
    quantity_decimal: decimal(quantity),
  };
}

export function parentOf(subscription: string, item?: string): Stripe.InvoiceItem.Parent {
  return {
    subscription_details: { subscription, ...(item !== undefined && { subscription_item: item }) },
    type: 'subscription_details',
  };
}

/** The draft that it stands on has it as a line, or no longer. */
export function replaceLine(item: Stripe.InvoiceItem, kept: boolean, tx: Transaction): void {
  if (item.invoice === null) return;
  const invoice = tx.get('invoice', item.invoice as string, 'invoice');
  if (invoice.status !== 'draft') {
    throw invalid('You can only change items of an invoice that is a draft.', 'invoice_not_editable', 'invoice');
  }
  const others = invoice.lines.data.filter((line) => itemIdOf(line) !== item.id);
  const lines = kept ? [...others, itemLine(item, tx)] : others;
  tx.update('invoice.updated', invoice, withLines(invoice, lines, tx));
}

function priceOf({ pricing, price_data }: Given, tx: Transaction): Stripe.Price | null {
  if (pricing?.price !== undefined) return tx.get('price', pricing.price, 'pricing[price]');
  return price_data ? createPrice({ ...price_data, active: false }, tx) : null;
}
