import type { Stripe } from 'stripe';
import { nextBoundary } from '../../billing/months.ts';
import type { Transaction } from '../../store/transaction.ts';
import { draftFor } from './bill.ts';
import { cycleOf, during, type Period } from './item.ts';
import { periodOf, withItems } from './subscription.ts';

type Subscription = Stripe.Subscription;

/** The one that it renews for. */
export function nextPeriod(subscription: Subscription): Period {
  const { end: start } = periodOf(subscription);
  return { start, end: nextBoundary(subscription.billing_cycle_anchor, cycleOf(subscription.items.data), start) };
}

/** A subscription in a new period, with the draft that it is paid by. Nobody is told yet. */
export function draftPeriod(
  subscription: Subscription,
  period: Period,
  reason: Stripe.Invoice.BillingReason,
  tx: Transaction,
) {
  const items = subscription.items.data.map((item) => ({ ...item, ...during(period) }));
  const status =
    subscription.status === 'trialing' || subscription.status === 'paused' ? 'active' : subscription.status;
  const advances = status !== 'unpaid' && subscription.pause_collection === null;
  const going = withItems({ ...subscription, status }, items);
  return draftFor(going, { reason, items: true, period: periodOf(subscription), advances }, tx);
}
