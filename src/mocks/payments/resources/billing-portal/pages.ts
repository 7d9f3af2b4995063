import type { Stripe } from 'stripe';
import { ApiError } from '../../api/errors.ts';
import type { Page, Visit } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { attach } from '../payment-methods/attach.ts';
import { newPaymentMethod } from '../payment-methods/payment-method.ts';
import { isEnded, subscriptionAt } from '../subscriptions/subscription.ts';
import { updateSubscription } from '../subscriptions/update.ts';
import { portalView } from './view.ts';

/** What a customer does alone: end a subscription or let it go on, and pay with another card. */
export const portalPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/pay/portal/:id',
    view: ({ id, tx }) => show(tx.get('billing_portal.session', id), tx),
  },
  {
    method: 'POST',
    path: '/pay/portal/:id/subscriptions/:subscription',
    view: ({ id, ids: [, subscription = ''], form, tx }) => {
      const session = tx.get('billing_portal.session', id);
      const own = ownSubscription(subscription, session, tx);
      updateSubscription(own, { cancel_at_period_end: form.get('ends') === 'true' }, tx);
      return { location: session.url };
    },
  },
  { method: 'POST', path: '/pay/portal/:id/card', view: saveCard },
];

function show(session: Stripe.BillingPortal.Session, tx: Transaction, problem: string | null = null) {
  const customer = liveCustomer(tx, session.customer);
  const subscriptions = [...tx.where('subscription', 'customer', customer.id)].filter((one) => !isEnded(one));
  const invoices = [...tx.where('invoice', 'customer', customer.id)].filter(({ status }) => status !== 'draft');
  const paysWith = customer.invoice_settings.default_payment_method as string | null;
  const method = paysWith === null ? undefined : tx.find('payment_method', paysWith);
  return portalView({ session, subscriptions, invoices: invoices.slice(0, 12), method, problem, tx });
}

/** From now on all subscriptions are paid with it. */
function saveCard({ id, form, tx }: Visit) {
  const session = tx.get('billing_portal.session', id);
  const [, month, year] = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec((form.get('expiry') ?? '').trim()) ?? [];
  if (month === undefined) return show(session, tx, "Your card's expiration date is incomplete: it is MM / YY.");
  const card = {
    number: form.get('number') ?? '',
    exp_month: Number(month),
    exp_year: Number(year),
    cvc: form.get('cvc') ?? '',
  };
  try {
    const method = attach(newPaymentMethod({ type: 'card', card }, tx), session.customer, tx);
    const customer = liveCustomer(tx, session.customer);
    const paying = { ...customer.invoice_settings, default_payment_method: method.id };
    tx.update('customer.updated', customer, { ...customer, invoice_settings: paying });
    for (const one of tx.where('subscription', 'customer', customer.id)) {
      if (isEnded(one) || one.default_payment_method === null) continue;
      updateSubscription(subscriptionAt(one.id, tx), { default_payment_method: method.id }, tx);
    }
    return { location: session.url };
  } catch (error) {
    if (error instanceof ApiError) return show(session, tx, error.message);
    throw error;
  }
}

function ownSubscription(id: string, { customer }: Stripe.BillingPortal.Session, tx: Transaction): Stripe.Subscription {
  const subscription = subscriptionAt(id, tx);
  if (subscription.customer === customer) return subscription;
  throw new ApiError(404, { type: 'invalid_request_error', message: 'This subscription is not yours.' });
}
