import type { Stripe } from 'stripe';
import { worthOfRest } from '../../billing/prorate.ts';
import type { Transaction } from '../../store/transaction.ts';
import { parentOf } from '../invoice-items/item.ts';
import { decimal, pricingOf, productName } from '../invoices/lines.ts';
import { priced } from '../prices/tiers.ts';

type Item = Stripe.SubscriptionItem;

/** What is paid back for the rest of the period of what was, as items that wait for the next invoice. */
export function creditRest(items: readonly Item[], customer: string, now: number, tx: Transaction): void {
  for (const item of items) addProration(item, customer, now, -1, 'Unused time on', tx);
}

/** What the rest of the period costs of what is. */
export function chargeRest(items: readonly Item[], customer: string, now: number, tx: Transaction): void {
  for (const item of items) addProration(item, customer, now, 1, 'Remaining time on', tx);
}

function addProration(item: Item, customer: string, now: number, sign: 1 | -1, what: string, tx: Transaction): void {
  const { price, quantity = 1, subscription, current_period_start: start, current_period_end: end } = item;
  const amount = sign * worthOfRest({ price: priced(price, tx), quantity }, { start, end }, now);
  const many = quantity === 1 ? '' : `${quantity} × `;
  const { test_clock } = tx.get('subscription', subscription);
  const added = tx.put({
    id: tx.id('ii'),
    object: 'invoiceitem',
    // Never -0, which is written as 0 and read as another number.
    amount: amount === 0 ? 0 : amount,
    currency: price.currency,
    customer,
    customer_account: null,
    date: tx.now,
    description: `${what} ${many}${productName(price, tx)} after ${dayText(now)}`,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: parentOf(subscription, item.id),
    period: { start: now, end },
    pricing: pricingOf(price),
    proration: true,
    quantity,
    quantity_decimal: decimal(quantity),
    tax_rates: [],
    test_clock,
  } satisfies Stripe.InvoiceItem);
  tx.emit('invoiceitem.created', added);
}

/** `05 Jan 2026`. */
function dayText(time: number): string {
  const day = new Date(time * 1000);
  const month = day.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${String(day.getUTCDate()).padStart(2, '0')} ${month} ${day.getUTCFullYear()}`;
}
