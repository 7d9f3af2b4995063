import type { Stripe } from 'stripe';
import { doUnlessRefused } from '../../pages/do-unless-refused.ts';
import type { Page, View, Visit } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { isEnded } from '../subscriptions/subscription.ts';
import { cancel, changePlan, type Deed, saveCard, updateCustomer } from './deeds.ts';
import { type Part, type Problem, portalView } from './view.ts';

/** What a customer does alone, as far as the configuration of the session lets them. */
export const portalPages: readonly Page[] = [
  {
    method: 'GET',
    path: '/pay/portal/:id',
    view: ({ id, tx }) => show(tx.get('billing_portal.session', id), tx),
  },
  { method: 'POST', path: '/pay/portal/:id/subscriptions/:subscription', view: doing(cancel, 'subscriptions') },
  {
    method: 'POST',
    path: '/pay/portal/:id/subscriptions/:subscription/plan',
    view: doing(changePlan, 'subscriptions'),
  },
  { method: 'POST', path: '/pay/portal/:id/card', view: doing(saveCard, 'card') },
  { method: 'POST', path: '/pay/portal/:id/customer', view: doing(updateCustomer, 'customer') },
];

/** Does it, or shows beside it why it can't be done, with nothing of it done. */
function doing(deed: Deed, part: Part): (visit: Visit) => View {
  return ({ id, ids: [, subscription = ''], form, tx }) => {
    const session = tx.get('billing_portal.session', id);
    const refusal = doUnlessRefused((within) => deed({ session, subscription, form, tx: within }), tx);
    if (refusal?.status === 404) throw refusal;
    return refusal ? show(session, tx, { part, message: refusal.message }) : { location: session.url };
  };
}

function show(session: Stripe.BillingPortal.Session, tx: Transaction, problem: Problem | null = null): View {
  const customer = liveCustomer(tx, session.customer);
  const subscriptions = [...tx.where('subscription', 'customer', customer.id)].filter((one) => !isEnded(one));
  const invoices = [...tx.where('invoice', 'customer', customer.id)].filter(({ status }) => status !== 'draft');
  const paysWith = customer.invoice_settings.default_payment_method as string | null;
  const method = paysWith === null ? undefined : tx.find('payment_method', paysWith);
  const configuration = tx.get('billing_portal.configuration', session.configuration as string);
  const shown = { session, configuration, customer, subscriptions, invoices: invoices.slice(0, 12) };
  return portalView({ ...shown, method, problem, tx });
}
