import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { nextBoundary } from '../../billing/months.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { appTime, futureTime } from '../app-time.ts';
import { redeemAll } from '../discounts/discount.ts';
import { addItems } from './add-items.ts';
import { type Begun, type Bill, billNow, draftFor } from './bill.ts';
import { detailsOf } from './cancel.ts';
import { checkMethod } from './create.ts';
import { tellEnded } from './discounts.ts';
import { cycleOf, during, type Period, worthOf } from './item.ts';
import { paymentSettings, trialSettings } from './new-subscription.ts';
import type { updateParams } from './params.ts';
import { chargeRest, creditRest } from './prorate.ts';
import { isSame, replaceItems } from './replace-items.ts';
import { scheduleNext } from './schedule.ts';
import { change, isEnded, periodOf, withItems } from './subscription.ts';

export type Update = Params<typeof updateParams>;
type Subscription = Stripe.Subscription;

/** https://docs.stripe.com/billing/subscriptions/change */
export function updateSubscription(before: Subscription, given: Update, tx: Transaction): Subscription {
  if (given.payment_behavior === 'pending_if_incomplete') {
    throw unsupported('payment_behavior=pending_if_incomplete', 'payment_behavior');
  }
  const { subscription, draft } = changeSubscription(before, given, tx);
  if (draft) {
    tx.emit('invoice.created', draft);
    billNow(draft, given.payment_behavior ?? 'allow_incomplete', given.off_session ?? false, tx);
  }
  tellEnded(before, subscription, tx);
  const now = tx.get('subscription', subscription.id);
  scheduleNext(now, tx);
  return now;
}

/** All of the change but that anything is paid: what is to be paid for now is a draft. */
export function changeSubscription(before: Subscription, given: Update, tx: Transaction): Begun {
  if (isEnded(before)) refuseEnded(before, given);
  const items = given.items ? replaceItems(before, given.items, tx) : before.items.data;
  const fields = withFields(before, given, worthOf(items, tx), tx);
  const { after, charge } = replan(before, withItems(fields, [...items]), given, tx);
  for (const { id } of before.items.data) if (!items.some((item) => item.id === id)) tx.remove(id);
  addItems(before, given.add_invoice_items ?? [], tx);
  const bill = charge && ({ ...charge, reason: 'subscription_update', advances: true } as const);
  const { subscription, draft } = bill ? draftFor(after, bill, tx) : { subscription: after, draft: null };
  return { subscription: change(before, subscription, tx), draft };
}

/** What is not given stays; nothing of it is paid. */
function withFields(before: Subscription, given: Update, amount: number, tx: Transaction): Subscription {
  checkMethod(given.default_payment_method, before.customer as string, tx);
  const { default_payment_method, description, collection_method, days_until_due, discounts } = given;
  const owner = { customer: before.customer as string, subscription: before.id };
  const purchase = { amount, currency: before.currency };
  return {
    ...before,
    ...cancellation(before, given, tx),
    ...(default_payment_method !== undefined && { default_payment_method }),
    ...(description !== undefined && { description }),
    ...(collection_method !== undefined && { collection_method }),
    ...(days_until_due !== undefined && { days_until_due }),
    ...(discounts !== undefined && { discounts: redeemAll(discounts ?? [], owner, purchase, tx) }),
    ...(given.pause_collection !== undefined && {
      pause_collection: given.pause_collection && pauseOf(given.pause_collection, tx),
    }),
    ...(given.payment_settings && { payment_settings: paymentSettings(given.payment_settings) }),
    ...(given.trial_settings && { trial_settings: trialSettings(given.trial_settings) }),
    metadata: mergeMetadata(before.metadata, given.metadata),
  };
}

function cancellation(before: Subscription, given: Update, tx: Transaction): Partial<Subscription> {
  const { cancel_at_period_end, cancel_at, cancellation_details } = given;
  const details = { ...detailsOf(before), ...cancellation_details };
  if (cancel_at_period_end === undefined && cancel_at === undefined) {
    return cancellation_details ? { cancellation_details: details } : {};
  }
  if (cancel_at_period_end !== undefined && cancel_at !== undefined) {
    throw invalid('You may only specify one of these parameters: cancel_at, cancel_at_period_end.');
  }
  const asked = cancel_at ? futureTime(cancel_at, 'cancel_at', tx, 'cancel_at must be in the future.') : null;
  const at = cancel_at_period_end ? periodOf(before).end : asked;
  return {
    cancel_at: at,
    cancel_at_period_end: cancel_at_period_end ?? false,
    canceled_at: at === null ? null : tx.now,
    cancellation_details: { ...details, reason: at === null ? null : 'cancellation_requested' },
  };
}

function pauseOf(
  { behavior, resumes_at: given }: NonNullable<Update['pause_collection']>,
  tx: Transaction,
): Stripe.Subscription.PauseCollection {
  return { behavior, resumes_at: given === undefined ? null : futureTime(given, 'pause_collection[resumes_at]', tx) };
}

/** As of when a change is computed: now, or a time in the period. */
export function prorationTime(given: number | undefined, { start, end }: Period, tx: Transaction): number {
  if (given === undefined) return tx.now;
  return appTime(given, (time, now) => time >= start + now - tx.now && time <= end + now - tx.now, tx);
}

interface Planned {
  readonly after: Subscription;
  /** What is paid for now; null: nothing. */
  readonly charge: Pick<Bill, 'items'> | null;
}

/** Which period it is in afterwards, and what of it is paid for now. */
function replan(before: Subscription, changed: Subscription, given: Update, tx: Transaction): Planned {
  const old = periodOf(before);
  const cycle = cycleOf(changed.items.data);
  if (typeof given.trial_end === 'number') {
    const trialEnd = futureTime(given.trial_end, 'trial_end', tx, 'trial_end must be in the future.');
    return { after: inTrial(changed, trialEnd, tx), charge: null };
  }
  const endsTrial = given.trial_end === 'now' && before.status === 'trialing';
  if (before.status === 'trialing' && !endsTrial) return { after: changed, charge: null };
  const was = cycleOf(before.items.data);
  const isOther = was.interval !== cycle.interval || was.interval_count !== cycle.interval_count;
  const begins = isNow(given) || isOther || endsTrial || (isFree(before, tx) && !isFree(changed, tx));
  const prorates = (given.proration_behavior ?? 'create_prorations') !== 'none' && !endsTrial;
  const now = prorationTime(given.proration_date, old, tx);
  const { customer } = before as { customer: string };
  if (prorates) creditRest(otherThan(before, changed, begins), customer, now, tx);
  if (begins) {
    const period: Period = { start: tx.now, end: nextBoundary(tx.now, cycle, tx.now) };
    const trial = endsTrial ? { trial_end: tx.now, status: 'active' } : {};
    return { after: inPeriod({ ...changed, ...trial, billing_cycle_anchor: tx.now }, period), charge: { items: true } };
  }
  if (prorates) chargeRest(otherThan(changed, before, false), customer, now, tx);
  const isInvoiced = given.proration_behavior === 'always_invoice' && otherThan(before, changed, false).length > 0;
  const after = inPeriod(changed, old);
  return { after, charge: isInvoiced ? { items: false } : null };
}

/** Those of the first that the second has not or otherwise; all where it is a new period. */
function otherThan(one: Subscription, other: Subscription, all: boolean): Stripe.SubscriptionItem[] {
  return one.items.data.filter(
    (item) =>
      all ||
      !isSame(
        item,
        other.items.data.find(({ id }) => id === item.id),
      ),
  );
}

function inPeriod(subscription: Subscription, period: Period): Subscription {
  return withItems(
    subscription,
    subscription.items.data.map((item) => ({ ...item, ...during(period) })),
  );
}

function inTrial(subscription: Subscription, end: number, tx: Transaction): Subscription {
  const { start } = periodOf(subscription);
  const trial = { trial_end: end, trial_start: subscription.trial_start ?? tx.now, billing_cycle_anchor: end };
  return inPeriod({ ...subscription, ...trial, status: 'trialing' }, { start, end });
}

function isFree({ items }: Subscription, tx: Transaction): boolean {
  return worthOf(items.data, tx) === 0;
}

function isNow({ billing_cycle_anchor: anchor }: Update): boolean {
  return (typeof anchor === 'string' ? anchor : anchor?.type) === 'now';
}

/** What is over can still be described. */
function refuseEnded({ id }: Subscription, given: Update): void {
  const { metadata: _, cancellation_details: __, ...others } = given;
  if (Object.keys(others).length === 0) return;
  throw invalid(
    `No such subscription: '${id}'. A canceled subscription can only update its cancellation_details and metadata.`,
    'invalid_canceled_subscription_fields',
  );
}
