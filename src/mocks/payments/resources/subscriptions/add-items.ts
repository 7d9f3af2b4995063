import type { Stripe } from 'stripe';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { newItem } from '../invoice-items/item.ts';
import type { createParams } from './params.ts';

type Given = NonNullable<Params<typeof createParams>['add_invoice_items']>;

/** What is paid once, with the next invoice. */
export function addItems(subscription: Stripe.Subscription, given: Given, tx: Transaction): void {
  const customer = tx.get('customer', subscription.customer as string) as Stripe.Customer;
  for (const { price, ...more } of given) {
    const pricing = price === undefined ? {} : { pricing: { price } };
    const item = newItem(customer, { ...more, ...pricing, subscription: subscription.id }, tx);
    tx.put(item);
    tx.emit('invoiceitem.created', item);
  }
}
