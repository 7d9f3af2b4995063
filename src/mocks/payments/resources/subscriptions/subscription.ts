import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

type Subscription = Stripe.Subscription;
type Item = Stripe.SubscriptionItem;

/** In the order in which they are created. */
const ENDED: ReadonlySet<string> = new Set(['canceled', 'incomplete_expired']);

export function isEnded({ status }: Pick<Subscription, 'status'>): boolean {
  return ENDED.has(status);
}

/** The same for all its items. */
export function periodOf({ items }: Subscription): { readonly start: number; readonly end: number } {
  const { current_period_start: start, current_period_end: end } = items.data[0] as Item;
  return { start, end };
}

export function withItems(subscription: Subscription, data: Item[]): Subscription {
  return { ...subscription, items: { ...subscription.items, data } };
}

/** Keeps it with its items, which can be asked for alone. */
export function put(subscription: Subscription, tx: Transaction): Subscription {
  for (const item of subscription.items.data) tx.put(item);
  return tx.put(subscription);
}

/**
 * What it is now, told of. Of one that begins in the same transaction only its beginning is told, as it is in the end:
 * Stripe tells of one that is paid at once as active.
 */
export function change(before: Subscription, after: Subscription, tx: Transaction): Subscription {
  put(after, tx);
  if (tx.isNew('subscription', after.id)) tx.retell('customer.subscription.created', after);
  else tx.update('customer.subscription.updated', before, after);
  return after;
}

/** From here on it is the time of the clock that it lives by. */
export function subscriptionAt(id: string, tx: Transaction, param = 'id'): Subscription {
  const subscription = tx.get('subscription', id, param);
  tx.liveBy(subscription.test_clock as string | null);
  return subscription;
}
