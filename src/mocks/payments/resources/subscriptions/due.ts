import type { Stripe } from 'stripe';
import { nextBoundary } from '../../billing/months.ts';
import type { Transaction } from '../../store/transaction.ts';
import { voidInvoice } from '../invoices/close.ts';
import { defaultOf } from '../invoices/collect.ts';
import { giveUpDraft } from '../invoices/paused.ts';
import { draftFor } from './bill.ts';
import { endNow } from './cancel.ts';
import { tellEnded } from './discounts.ts';
import { cycleOf, during, type Period } from './item.ts';
import { nextOf, scheduleNext } from './schedule.ts';
import { change, periodOf, put, withItems } from './subscription.ts';

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
  const old = periodOf(subscription);
  const end = nextBoundary(subscription.billing_cycle_anchor, cycleOf(subscription.items.data), old.end);
  return billPeriod(subscription, { start: old.end, end }, 'subscription_cycle', tx);
}

/** A new period, whose draft is collected an hour later. */
export function billPeriod(
  subscription: Subscription,
  period: Period,
  reason: Stripe.Invoice.BillingReason,
  tx: Transaction,
): Subscription {
  const old = periodOf(subscription);
  const items = subscription.items.data.map((item) => ({ ...item, ...during(period) }));
  const status =
    subscription.status === 'trialing' || subscription.status === 'paused' ? 'active' : subscription.status;
  const going = withItems({ ...subscription, status }, items);
  const pause = subscription.pause_collection?.behavior;
  const advances = status !== 'unpaid' && pause === undefined;
  const billed = draftFor(going, { reason, items: true, period: old, advances }, tx);
  const after = change(subscription, billed.subscription, tx);
  tx.emit('invoice.created', billed.draft);
  tellEnded(subscription, after, tx);
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
