import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { stopAdvancing } from '../invoices/close.ts';
import { subscriptionIdOf } from '../invoices/invoice.ts';
import { put } from './subscription.ts';

type Subscription = Stripe.Subscription;
type Details = Partial<NonNullable<Subscription['cancellation_details']>>;

/** It is over, now. What was not paid is no longer collected by itself. */
export function endNow(subscription: Subscription, details: Details, tx: Transaction): Subscription {
  tx.unschedule(subscription.id);
  const ended = put(
    {
      ...subscription,
      canceled_at: subscription.canceled_at ?? tx.now,
      cancellation_details: { ...detailsOf(subscription), ...details },
      ended_at: tx.now,
      pending_setup_intent: null,
      status: 'canceled',
    },
    tx,
  );
  for (const invoice of tx.where('invoice', 'customer', subscription.customer)) {
    const isOpen = invoice.status === 'draft' || invoice.status === 'open';
    if (isOpen && invoice.auto_advance && subscriptionIdOf(invoice) === subscription.id) stopAdvancing(invoice, tx);
  }
  tx.emit('customer.subscription.deleted', ended);
  return ended;
}

export function detailsOf({ cancellation_details }: Subscription): NonNullable<Subscription['cancellation_details']> {
  return cancellation_details ?? { comment: null, feedback: null, feedback_option: null, reason: null };
}
