import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { defaultOf } from '../invoices/collect.ts';
import { newSetup } from '../setup-intents/setup-intent.ts';
import { addItems } from './add-items.ts';
import { type Begun, billNow, draftFor } from './bill.ts';
import { tellEnded } from './discounts.ts';
import { type Given, newSubscription } from './new-subscription.ts';
import { endsSoon, scheduleNext } from './schedule.ts';
import { change, put } from './subscription.ts';

type Subscription = Stripe.Subscription;

/** https://docs.stripe.com/billing/subscriptions/overview */
export function createSubscription(given: Given, tx: Transaction): Subscription {
  const { subscription, draft } = beginSubscription(given, tx);
  const behavior = given.payment_behavior ?? 'allow_incomplete';
  if (draft) billNow(draft, behavior, given.off_session ?? false, tx);
  const after = withSetup(tx.get('subscription', subscription.id), behavior, tx);
  scheduleNext(after, tx);
  return after;
}

/** All of it but that anything is paid. */
export function beginSubscription(given: Given, tx: Transaction): Begun {
  if (given.customer === undefined) throw missingParameter('customer');
  const customer = liveCustomer(tx, given.customer);
  tx.liveBy((customer.test_clock as string | null | undefined) ?? null);
  checkMethod(given.default_payment_method, customer.id, tx);
  const begun = put(newSubscription(customer, given, tx), tx);
  tx.emit('customer.subscription.created', begun);
  if (customer.currency === null) tx.update('customer.updated', customer, { ...customer, currency: begun.currency });
  if (begun.status === 'trialing' && endsSoon(begun, tx.now)) tx.emit('customer.subscription.trial_will_end', begun);
  const isFree = given.billing_cycle_anchor !== undefined && begun.status === 'active';
  if (isFree) return { subscription: begun, draft: null };
  addItems(begun, given.add_invoice_items ?? [], tx);
  const bill = { reason: 'subscription_create', items: true, advances: true } as const;
  const { subscription, draft } = draftFor(begun, bill, tx);
  change(begun, subscription, tx);
  tx.emit('invoice.created', draft);
  tellEnded(begun, subscription, tx);
  return { subscription, draft };
}

export function checkMethod(id: string | undefined, customer: string, tx: Transaction): void {
  if (id === undefined || tx.get('payment_method', id, 'default_payment_method').customer === customer) return;
  throw invalid(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    'resource_missing',
    'default_payment_method',
  );
}

/** Where nothing has to be paid yet, the browser saves a card: https://docs.stripe.com/billing/subscriptions/trials */
function withSetup(subscription: Subscription, behavior: string, tx: Transaction): Subscription {
  const { customer, default_payment_method, status } = subscription;
  if (behavior !== 'default_incomplete' || status === 'incomplete') return subscription;
  if ((default_payment_method ?? defaultOf(customer as string, tx)) !== null) return subscription;
  const setup = tx.put(
    newSetup({ customer: customer as string, usage: 'off_session', automatic_payment_methods: { enabled: false } }, tx),
  );
  tx.emit('setup_intent.created', setup);
  return change(subscription, { ...subscription, pending_setup_intent: setup.id }, tx);
}
