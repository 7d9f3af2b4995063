import type { Stripe } from 'stripe';
import type { Followers } from '../../api/route.ts';
import type { Transaction } from '../../store/transaction.ts';
import { subscriptionIdOf } from '../invoices/invoice.ts';
import { paymentOf } from '../invoices/payment.ts';
import { endNow } from './cancel.ts';
import { scheduleNext } from './schedule.ts';
import { change, isEnded } from './subscription.ts';

type Subscription = Stripe.Subscription;
type Invoice = Stripe.Invoice;

/** What becomes of a subscription follows from its latest invoice: https://docs.stripe.com/billing/subscriptions/overview */
export const subscriptionFollows: Followers = {
  'invoice.payment_succeeded': (invoice: Invoice, tx) => onceSettled(invoice, tx),
  'invoice.paid': (invoice: Invoice, tx) => {
    // Of what was paid outside of Stripe nothing else is told.
    if (invoice.amount_paid_off_stripe) onceSettled(invoice, tx);
  },
  'invoice.voided': (invoice: Invoice, tx) => onceGivenUp(invoice, tx),
  'invoice.marked_uncollectible': (invoice: Invoice, tx) => onceGivenUp(invoice, tx),
  'invoice.payment_failed': (invoice: Invoice, tx) => onceFailed(invoice, tx),
  'invoice.overdue': (invoice: Invoice, tx) => onceFailed(invoice, tx),
  'setup_intent.succeeded': (setup: Stripe.SetupIntent, tx) => {
    for (const subscription of tx.where('subscription', 'pending_setup_intent', setup.id)) {
      const saves = subscription.payment_settings?.save_default_payment_method === 'on_subscription';
      const method = saves ? { default_payment_method: setup.payment_method } : {};
      change(subscription, { ...subscription, pending_setup_intent: null, ...method }, tx);
    }
  },
  'customer.deleted': ({ id }: Stripe.Customer, tx) => {
    for (const subscription of tx.where('subscription', 'customer', id)) {
      if (isEnded(subscription)) continue;
      tx.liveBy(subscription.test_clock as string | null);
      endNow(subscription, {}, tx);
    }
  },
};

function onceSettled(invoice: Invoice, tx: Transaction): void {
  const subscription = latestOf(invoice, tx);
  if (!subscription) return;
  const method = methodToSave(subscription, invoice, tx);
  const wakes = ['incomplete', 'past_due', 'unpaid'].includes(subscription.status);
  if (!wakes && method === null) return;
  const after = change(
    subscription,
    {
      ...subscription,
      ...(wakes && { status: 'active' }),
      ...(method !== null && { default_payment_method: method }),
    },
    tx,
  );
  scheduleNext(after, tx);
}

function onceGivenUp(invoice: Invoice, tx: Transaction): void {
  const subscription = latestOf(invoice, tx);
  if (subscription?.status !== 'past_due') return;
  scheduleNext(change(subscription, { ...subscription, status: 'active' }, tx), tx);
}

function onceFailed(invoice: Invoice, tx: Transaction): void {
  const subscription = subscriptionOf(invoice, tx);
  if (!subscription || subscription.status === 'incomplete' || invoice.billing_reason === 'subscription_create') return;
  const isLate = subscription.status === 'active' && subscription.latest_invoice === invoice.id;
  const late = isLate ? change(subscription, { ...subscription, status: 'past_due' }, tx) : subscription;
  const isLast = invoice.collection_method === 'charge_automatically' && invoice.next_payment_attempt === null;
  if (isLast && invoice.auto_advance) endDunning(late, tx);
}

/** After the last attempt: https://docs.stripe.com/billing/revenue-recovery/smart-retries#manage-failed-payments */
function endDunning(subscription: Subscription, tx: Transaction): void {
  switch (tx.dunningEnd) {
    case 'canceled':
      endNow(subscription, { reason: 'payment_failed' }, tx);
      return;
    case 'unpaid':
      // From now on its invoices stay drafts.
      if (subscription.status === 'past_due') change(subscription, { ...subscription, status: 'unpaid' }, tx);
      return;
    case 'past_due':
      return;
  }
}

function subscriptionOf(invoice: Invoice, tx: Transaction): Subscription | null {
  const id = subscriptionIdOf(invoice);
  const subscription = id === null ? undefined : tx.find('subscription', id);
  return subscription && !isEnded(subscription) ? subscription : null;
}

/** The one whose latest invoice this is; what becomes of older ones changes nothing. */
function latestOf(invoice: Invoice, tx: Transaction): Subscription | null {
  const subscription = subscriptionOf(invoice, tx);
  return subscription?.latest_invoice === invoice.id ? subscription : null;
}

/** What was paid with, where the subscription is to go on with it. */
function methodToSave(subscription: Subscription, invoice: Invoice, tx: Transaction): string | null {
  if (subscription.payment_settings?.save_default_payment_method !== 'on_subscription') return null;
  const paidWith = (paymentOf(invoice, tx)?.intent.payment_method ?? null) as string | null;
  return paidWith === subscription.default_payment_method ? null : paidWith;
}
