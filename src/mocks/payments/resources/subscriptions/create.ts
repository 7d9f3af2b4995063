import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { nextBoundary } from '../../billing/months.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { redeemAll } from '../discounts/discount.ts';
import { defaultOf } from '../invoices/collect.ts';
import { newSetup } from '../setup-intents/setup-intent.ts';
import { addItems } from './add-items.ts';
import { type Begun, billNow, draftFor } from './bill.ts';
import { tellEnded } from './discounts.ts';
import { currencyOf, cycleOf, during, newItem } from './item.ts';
import type { createParams } from './params.ts';
import { endsSoon, scheduleNext } from './schedule.ts';
import { change, put, withItems } from './subscription.ts';

export type Given = Params<typeof createParams>;
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

function newSubscription(customer: Stripe.Customer, given: Given, tx: Transaction): Subscription {
  const id = tx.id('sub');
  const whole = { start: tx.now, end: tx.now };
  const items = (given.items ?? []).map((item, place) => newItem(item, id, whole, place, tx));
  const cycle = cycleOf(items);
  const trialEnd = trialEndOf(given, items, tx.now);
  const anchor = trialEnd ?? anchorOf(given, tx.now) ?? tx.now;
  const period = { start: tx.now, end: anchor > tx.now ? anchor : nextBoundary(anchor, cycle, tx.now) };
  if (anchor > nextBoundary(tx.now, cycle, tx.now) && trialEnd === null) {
    throw invalid(
      'billing_cycle_anchor cannot be later than next natural billing date.',
      undefined,
      'billing_cycle_anchor',
    );
  }
  const sends = given.collection_method === 'send_invoice';
  const blank = {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: billingMode(given),
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: given.cancel_at_period_end ? period.end : (given.cancel_at ?? null),
    cancel_at_period_end: given.cancel_at_period_end ?? false,
    canceled_at: given.cancel_at_period_end || given.cancel_at !== undefined ? tx.now : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: given.collection_method ?? 'charge_automatically',
    created: tx.now,
    currency: given.currency ?? currencyOf(items),
    customer: customer.id,
    customer_account: null,
    days_until_due: sends ? daysOf(given) : null,
    default_payment_method: given.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: redeemAll(given.discounts ?? [], { customer: customer.id, subscription: id }, tx),
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: { object: 'list', data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: mergeMetadata({}, given.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: paymentSettings(given.payment_settings),
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: tx.now,
    status: firstStatus(given, trialEnd),
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: trialSettings(given.trial_settings),
    trial_start: trialEnd === null ? null : tx.now,
  } satisfies Subscription;
  return withItems(
    blank,
    items.map((item) => ({ ...item, ...during(period) })),
  );
}

function firstStatus(given: Given, trialEnd: number | null): Subscription['status'] {
  if (trialEnd !== null) return 'trialing';
  const isFree = given.billing_cycle_anchor !== undefined;
  return given.collection_method === 'send_invoice' || isFree ? 'active' : 'incomplete';
}

/** What is paid until then is a part of a period: the mock has no such part, and gives it away where that is asked for. */
function anchorOf({ billing_cycle_anchor: anchor, proration_behavior }: Given, now: number): number | null {
  if (anchor === undefined) return null;
  if (anchor < now) throw invalid('billing_cycle_anchor must be in the future.', undefined, 'billing_cycle_anchor');
  if (proration_behavior !== 'none') {
    throw unsupported('billing_cycle_anchor without proration_behavior=none', 'billing_cycle_anchor');
  }
  return anchor;
}

function trialEndOf(given: Given, items: readonly Stripe.SubscriptionItem[], now: number): number | null {
  const fromPlan = given.trial_from_plan ? items[0]?.price.recurring?.trial_period_days : null;
  const days = given.trial_period_days ?? fromPlan ?? 0;
  const end = given.trial_end === 'now' ? now : (given.trial_end ?? now + days * 86_400);
  if (typeof given.trial_end === 'number' && given.trial_end <= now) {
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future', undefined, 'trial_end');
  }
  return end > now ? end : null;
}

function billingMode({ billing_mode }: Given): Stripe.Subscription.BillingMode {
  if (billing_mode?.type === 'classic') return { flexible: null, type: 'classic' };
  return { flexible: { proration_discounts: 'included' }, type: 'flexible' };
}

export function paymentSettings(given: Given['payment_settings']): Stripe.Subscription.PaymentSettings {
  return {
    payment_method_options: (given?.payment_method_options ??
      null) as Stripe.Subscription.PaymentSettings['payment_method_options'],
    payment_method_types: given?.payment_method_types ? [...given.payment_method_types] : null,
    save_default_payment_method: given?.save_default_payment_method ?? 'off',
  };
}

export function trialSettings(given: Given['trial_settings']): Stripe.Subscription.TrialSettings {
  const missing_payment_method = given?.end_behavior.missing_payment_method ?? 'create_invoice';
  return { end_behavior: { billing_cycle_anchor: null, missing_payment_method } };
}

function daysOf({ days_until_due }: Given): number {
  if (days_until_due === undefined) throw missingParameter('days_until_due');
  return days_until_due;
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
  const setup = tx.put(newSetup({ customer: customer as string, usage: 'off_session' }, tx));
  tx.emit('setup_intent.created', setup);
  return change(subscription, { ...subscription, pending_setup_intent: setup.id }, tx);
}
