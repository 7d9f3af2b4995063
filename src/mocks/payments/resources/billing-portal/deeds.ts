import type { Stripe } from 'stripe';
import { ApiError, invalid } from '../../api/errors.ts';
import { isEmail } from '../../params/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';
import { ADDRESS } from '../address.ts';
import { methodTyped, typedCard } from '../card-form.ts';
import { withGiven } from '../customers/customer.ts';
import { liveCustomer } from '../customers/live.ts';
import { attach } from '../payment-methods/attach.ts';
import { codeTyped } from '../promotion-codes/typed.ts';
import { endNow } from '../subscriptions/cancel.ts';
import { isEnded, subscriptionAt } from '../subscriptions/subscription.ts';
import { updateSubscription } from '../subscriptions/update.ts';
import { pricesFor } from './choices.ts';
import type { Configuration } from './configuration.ts';

type Session = Stripe.BillingPortal.Session;
type Subscription = Stripe.Subscription;
type Features = Configuration['features'];

/** What a form of the page sent. */
interface Sent {
  readonly session: Session;
  /** Its id; '' where it is of none. */
  readonly subscription: string;
  readonly form: URLSearchParams;
  readonly tx: Transaction;
}

/** Fails with a sentence for the customer. */
export type Deed = (sent: Sent) => void;

/** Ends a subscription, at the end of its period or now; or lets it go on. */
export function cancel({ session, subscription, form, tx }: Sent): void {
  const { mode, cancellation_reason } = allowed('subscription_cancel', session, tx);
  const own = ownSubscription(subscription, session, tx);
  const why = form.get('feedback') ?? '';
  const feedback = cancellation_reason.options.find((one) => one === why) as 'other' | undefined;
  const details = feedback && cancellation_reason.enabled ? { feedback } : {};
  if (form.get('ends') === 'false') updateSubscription(own, { cancel_at_period_end: false }, tx);
  else if (mode === 'immediately') endNow(own, { ...details, reason: 'cancellation_requested' }, tx);
  else updateSubscription(own, { cancel_at_period_end: true, cancellation_details: details }, tx);
}

/** Another price, another quantity, a code: what of it is offered. */
export function changePlan({ session, subscription, form, tx }: Sent): void {
  const update = allowed('subscription_update', session, tx);
  const own = ownSubscription(subscription, session, tx);
  const [item] = own.items.data;
  const price = form.get('price') ?? item?.price.id;
  if (!item || !pricesFor(own, update, tx).some(({ id }) => id === price)) throw notOffered();
  const may = (what: string) => update.default_allowed_updates.includes(what);
  const quantity = may('quantity') ? Number(form.get('quantity') ?? item.quantity) : (item.quantity ?? 1);
  if (!Number.isInteger(quantity) || quantity < 1) throw invalid('The quantity is a whole number, at least 1.');
  const code = may('promotion_code') ? (form.get('code') ?? '').trim() : '';
  const endsTrial = own.status === 'trialing' && update.trial_update_behavior === 'end_trial';
  updateSubscription(
    own,
    {
      items: [{ id: item.id, price: price as string, quantity }],
      proration_behavior: update.proration_behavior as 'none',
      payment_behavior: 'error_if_incomplete',
      ...(update.billing_cycle_anchor === 'now' && { billing_cycle_anchor: 'now' }),
      ...(endsTrial && { trial_end: 'now' }),
      ...(code !== '' && { discounts: [codeTyped(code, session.customer, tx)] }),
    },
    tx,
  );
}

/** From now on all subscriptions are paid with it. */
export function saveCard({ session, form, tx }: Sent): void {
  allowed('payment_method_update', session, tx);
  const typed = methodTyped(typedCard(form), { email: null, name: null }, tx);
  if (typeof typed === 'string') throw invalid(typed);
  const method = attach(typed, session.customer, tx);
  const customer = liveCustomer(tx, session.customer);
  const paying = { ...customer.invoice_settings, default_payment_method: method.id };
  tx.update('customer.updated', customer, { ...customer, invoice_settings: paying });
  for (const one of tx.where('subscription', 'customer', customer.id)) {
    if (isEnded(one) || one.default_payment_method === null) continue;
    updateSubscription(subscriptionAt(one.id, tx), { default_payment_method: method.id }, tx);
  }
}

/** What of their own they may change; the rest of what was sent is passed over. */
export function updateCustomer({ session, form, tx }: Sent): void {
  const { allowed_updates } = allowed('customer_update', session, tx);
  const field = (name: string): string | null => (form.get(name) ?? '').trim() || null;
  const customer = liveCustomer(tx, session.customer);
  const plain = (['email', 'name', 'phone'] as const).filter((name) => allowed_updates.includes(name));
  const given = Object.fromEntries(plain.map((name) => [name, field(name)]));
  const { email } = given;
  if (email && !isEmail(email)) throw invalid('Your e-mail address is incomplete.');
  const address = Object.fromEntries(Object.keys(ADDRESS).map((name) => [name, field(name)]));
  const more = allowed_updates.includes('address') ? { address } : {};
  tx.update('customer.updated', customer, withGiven(customer, { ...given, ...more }));
}

/** Fails where the configuration doesn't have it, also for a form that was sent by hand. */
function allowed<F extends keyof Features>(feature: F, session: Session, tx: Transaction): Features[F] {
  const found = tx.get('billing_portal.configuration', session.configuration as string).features[feature];
  if (found.enabled) return found;
  throw invalid('This can not be done here.');
}

function notOffered(): Error {
  return invalid('This plan is not offered here.');
}

function ownSubscription(id: string, { customer }: Session, tx: Transaction): Subscription {
  const subscription = subscriptionAt(id, tx);
  if (subscription.customer === customer) return subscription;
  throw new ApiError(404, { type: 'invalid_request_error', message: 'This subscription is not yours.' });
}
