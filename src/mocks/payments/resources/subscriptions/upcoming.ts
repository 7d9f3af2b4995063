import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { asPreview } from '../invoices/as-preview.ts';
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

/** Some days before it renews: https://docs.stripe.com/billing/subscriptions/webhooks#renewals */
export function tellUpcoming(subscription: Stripe.Subscription, tx: Transaction): void {
  const draft = tx.imagine((imagined) => draftUpcoming(subscription, imagined));
  if (!draft) return;
  // There is none yet that could be asked for.
  const { id: _, ...upcoming } = asPreview(draft, tx.now);
  tx.emit('invoice.upcoming', upcoming);
}
