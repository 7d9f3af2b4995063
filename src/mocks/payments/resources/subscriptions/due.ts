import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { voidInvoice } from '../invoices/close.ts';
import { defaultOf } from '../invoices/collect.ts';
import { giveUpDraft } from '../invoices/paused.ts';
import { endNow } from './cancel.ts';
import { tellEnded } from './discounts.ts';
import type { Period } from './item.ts';
import { draftPeriod, nextPeriod } from './period.ts';
import { nextOf, scheduleNext } from './schedule.ts';
import { change, put } from './subscription.ts';
import { tellUpcoming } from './upcoming.ts';

type Subscription = Stripe.Subscription;

/** What has come, by its time. */
export function subscriptionDue(subscription: Subscription, tx: Transaction): void {
  // A second before, so that what is due right now is still to come.
  const next = nextOf(subscription, tx.now - 1);
  if (!next || next.at > tx.now) return scheduleNext(subscription, tx);
  const after = happen(next.what, subscription, tx);
  scheduleNext(after, tx);
}

function happen(
  what: NonNullable<ReturnType<typeof nextOf>>['what'],
  subscription: Subscription,
  tx: Transaction,
): Subscription {
  switch (what) {
    case 'expires':
      return expire(subscription, tx);
    case 'canceled':
      return endNow(subscription, {}, tx);
    case 'resumes':
      return change(subscription, { ...subscription, pause_collection: null }, tx);
    case 'renews':
      return renew(subscription, tx);
    case 'trial-will-end':
      tx.emit('customer.subscription.trial_will_end', subscription);
      return subscription;
    case 'upcoming':
      tellUpcoming(subscription, tx);
      return subscription;
  }
}

/** Its first invoice was never paid. */
function expire(subscription: Subscription, tx: Transaction): Subscription {
  const expired = { ...subscription, status: 'incomplete_expired', ended_at: tx.now } satisfies Subscription;
  const after = change(subscription, expired, tx);
  const invoice = tx.find('invoice', subscription.latest_invoice as string);
  if (invoice?.status === 'open') voidInvoice(invoice, tx);
  return after;
}

function renew(subscription: Subscription, tx: Transaction): Subscription {
  if (subscription.status === 'trialing' && !hasMethod(subscription, tx)) {
    const { missing_payment_method: behavior } = subscription.trial_settings?.end_behavior ?? {};
    if (behavior === 'cancel') return endNow(subscription, {}, tx);
    if (behavior === 'pause') return pause(subscription, tx);
  }
  return billPeriod(subscription, nextPeriod(subscription), 'subscription_cycle', tx);
}

/** A new period, whose draft is collected an hour later. */
export function billPeriod(
  subscription: Subscription,
  period: Period,
  reason: Stripe.Invoice.BillingReason,
  tx: Transaction,
): Subscription {
  const billed = draftPeriod(subscription, period, reason, tx);
  const after = change(subscription, billed.subscription, tx);
  tx.emit('invoice.created', billed.draft);
  tellEnded(subscription, after, tx);
  const pause = subscription.pause_collection?.behavior;
  if (pause && pause !== 'keep_as_draft') giveUpDraft(billed.draft, pause === 'void', tx);
  return after;
}

function pause(subscription: Subscription, tx: Transaction): Subscription {
  const paused = put({ ...subscription, status: 'paused' }, tx);
  tx.update('customer.subscription.updated', subscription, paused);
  tx.emit('customer.subscription.paused', paused);
  return paused;
}

function hasMethod({ default_payment_method, customer, collection_method }: Subscription, tx: Transaction): boolean {
  if (collection_method === 'send_invoice') return true;
  return (default_payment_method ?? defaultOf(customer as string, tx)) !== null;
}
