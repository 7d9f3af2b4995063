import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { draftPeriod, nextPeriod } from './period.ts';
import { renews } from './schedule.ts';
import { periodOf } from './subscription.ts';

/**
 * The draft that a subscription will renew with, made at the time when it will; null where it won't. To be imagined: what
 * it needs is put where the real one would be.
 */
export function draftUpcoming(subscription: Stripe.Subscription, tx: Transaction): Stripe.Invoice | null {
  if (!renews(subscription)) return null;
  tx.imagineAt(periodOf(subscription).end);
  return draftPeriod(subscription, nextPeriod(subscription), 'upcoming', tx).draft;
}
