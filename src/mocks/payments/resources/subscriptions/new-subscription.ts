import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { amountFor } from '../../billing/amounts.ts';
import { type Cycle, nextBoundary } from '../../billing/months.ts';
import { sum } from '../../billing/take-off.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { appTime, futureTime } from '../app-time.ts';
import { redeemAll } from '../discounts/discount.ts';
import { currencyOf, cycleOf, during, newItem, worthOf } from './item.ts';
import type { createParams } from './params.ts';
import { withItems } from './subscription.ts';

export type Given = Params<typeof createParams>;
type Subscription = Stripe.Subscription;

/** What was asked for, in its first period; nothing of it is kept or told yet. */
export function newSubscription(customer: Stripe.Customer, given: Given, tx: Transaction): Subscription {
  const id = tx.id('sub');
  const whole = { start: tx.now, end: tx.now };
  const items = (given.items ?? []).map((item, place) => newItem(item, id, whole, place, tx));
  const cycle = cycleOf(items);
  const trialEnd = trialEndOf(given, items, tx);
  const anchor = trialEnd ?? anchorOf(given, cycle, tx) ?? tx.now;
  const period = { start: tx.now, end: anchor > tx.now ? anchor : nextBoundary(anchor, cycle, tx.now) };
  if (anchor > nextBoundary(tx.now, cycle, tx.now) && trialEnd === null) {
    throw invalid(
      'billing_cycle_anchor cannot be later than next natural billing date.',
      undefined,
      'billing_cycle_anchor',
    );
  }
  const cancelAt = given.cancel_at === undefined ? null : futureTime(given.cancel_at, 'cancel_at', tx);
  const sends = given.collection_method === 'send_invoice';
  const currency = given.currency ?? currencyOf(items);
  // What is tried out first is not bought yet.
  const purchase = { amount: (trialEnd === null ? worthOf(items, tx) : 0) + worthOnce(given, tx), currency };
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
    cancel_at: given.cancel_at_period_end ? period.end : cancelAt,
    cancel_at_period_end: given.cancel_at_period_end ?? false,
    canceled_at: given.cancel_at_period_end || given.cancel_at !== undefined ? tx.now : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: given.collection_method ?? 'charge_automatically',
    created: tx.now,
    currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: sends ? daysOf(given) : null,
    default_payment_method: given.default_payment_method ?? null,
    default_source: null,
    default_tax_rates: [],
    description: given.description ?? null,
    discounts: redeemAll(given.discounts ?? [], { customer: customer.id, subscription: id }, purchase, tx),
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

/** Of what is paid once. */
function worthOnce({ add_invoice_items = [] }: Given, tx: Transaction): number {
  return sum(
    add_invoice_items.map(({ price, price_data, quantity = 1 }) => {
      const found = price === undefined ? undefined : tx.find('price', price);
      return found ? amountFor(found, quantity) : (price_data?.unit_amount ?? 0) * quantity;
    }),
  );
}

function firstStatus(given: Given, trialEnd: number | null): Subscription['status'] {
  if (trialEnd !== null) return 'trialing';
  const isFree = given.billing_cycle_anchor !== undefined;
  return given.collection_method === 'send_invoice' || isFree ? 'active' : 'incomplete';
}

/** What is paid until then is a part of a period: the mock has no such part, and gives it away where that is asked for. */
function anchorOf({ billing_cycle_anchor: given, proration_behavior }: Given, cycle: Cycle, tx: Transaction) {
  if (given === undefined) return null;
  const anchor = appTime(given, (time, now) => time >= now && time <= nextBoundary(now, cycle, now), tx);
  if (anchor < tx.now) throw invalid('billing_cycle_anchor must be in the future.', undefined, 'billing_cycle_anchor');
  if (proration_behavior !== 'none') {
    throw unsupported('billing_cycle_anchor without proration_behavior=none', 'billing_cycle_anchor');
  }
  return anchor;
}

function trialEndOf(given: Given, items: readonly Stripe.SubscriptionItem[], tx: Transaction): number | null {
  if (typeof given.trial_end === 'number') return futureTime(given.trial_end, 'trial_end', tx);
  const fromPlan = given.trial_from_plan ? items[0]?.price.recurring?.trial_period_days : null;
  const days = given.trial_period_days ?? fromPlan ?? 0;
  return given.trial_end === 'now' || days === 0 ? null : tx.now + days * 86_400;
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
