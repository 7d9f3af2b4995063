import type { Stripe } from 'stripe';
import { invalid, missing, unsupported } from '../../api/errors.ts';
import { listRoute, wholeList } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { notHereYet } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import { oneOf } from '../../params/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';
import { draftFor } from './bill.ts';
import { endNow } from './cancel.ts';
import { createSubscription } from './create.ts';
import { subscriptionDue } from './due.ts';
import { subscriptionFollows } from './follow.ts';
import { refuseInactive } from './item.ts';
import { cancelParams, createParams, listParams, prorationBehavior, updateParams } from './params.ts';
import { resume } from './resume.ts';
import { isEnded, put, subscriptionAt } from './subscription.ts';
import { updateSubscription } from './update.ts';

/** https://docs.stripe.com/api/subscriptions */
export const subscriptions: Resource = {
  routes: [
    route('POST', '/v1/subscriptions', createParams, ({ params, tx }) => {
      refuseInactive(params.items ?? [], tx);
      return createSubscription(params, tx);
    }),
    listRoute('/v1/subscriptions', 'subscription', {
      by: ['customer', 'test_clock', 'collection_method'],
      more: listParams,
      shown: (subscription, { params }) => isAskedFor(subscription, params as Params<typeof listParams>),
    }),
    route('GET', '/v1/subscriptions/:id', {}, ({ id, tx }) => tx.get('subscription', id)),
    route('POST', '/v1/subscriptions/:id', updateParams, ({ id, params, tx }) => {
      refuseInactive(params.items ?? [], tx);
      return updateSubscription(subscriptionAt(id, tx), params, tx);
    }),
    route('DELETE', '/v1/subscriptions/:id', cancelParams, ({ id, params, tx }) => {
      const subscription = subscriptionAt(id, tx);
      if (isEnded(subscription)) throw missing('subscription', id, 'id');
      if (params.prorate) throw unsupported('prorate when a subscription is canceled', 'prorate');
      const details = { ...params.cancellation_details, reason: 'cancellation_requested' } as const;
      const ended = endNow(subscription, details, tx);
      return params.invoice_now ? invoiceRest(ended, tx) : ended;
    }),
    route('DELETE', '/v1/subscriptions/:id/discount', {}, ({ id, tx }) => {
      const subscription = subscriptionAt(id, tx);
      const last = subscription.discounts.at(-1) as string | undefined;
      if (last === undefined) throw invalid('This subscription has no discount.');
      updateSubscription(subscription, { discounts: [] }, tx);
      const { start: _, end: __, ...discount } = tx.get('discount', last);
      return { ...discount, deleted: true };
    }),
    route(
      'POST',
      '/v1/subscriptions/:id/resume',
      {
        billing_cycle_anchor: updateParams.billing_cycle_anchor,
        proration_behavior: prorationBehavior,
        payment_behavior: oneOf('resume_on_payment_attempt', 'resume_on_payment_success'),
        ...notHereYet('proration_date'),
      },
      ({ id, params, tx }) => resume(subscriptionAt(id, tx), params.billing_cycle_anchor, tx),
    ),
  ],
  included: {
    customer: {
      subscriptions: (customer, tx) => {
        const own = [...tx.where('subscription', 'customer', customer.id)].filter((one) => !isEnded(one));
        return wholeList(own, `/v1/customers/${customer.id}/subscriptions`);
      },
    },
  },
  due: { subscription: subscriptionDue },
  follows: subscriptionFollows,
};

/** All but the canceled ones, where nothing is said. */
function isAskedFor(subscription: Stripe.Subscription, { status, price }: Params<typeof listParams>): boolean {
  if (price !== undefined && !subscription.items.data.some((item) => item.price.id === price)) return false;
  switch (status) {
    case undefined:
      return subscription.status !== 'canceled';
    case 'all':
      return true;
    case 'ended':
      return isEnded(subscription);
    default:
      return subscription.status === status;
  }
}

/** What waited for the next invoice is not lost. */
function invoiceRest(ended: Stripe.Subscription, tx: Transaction): Stripe.Subscription {
  const { subscription, draft } = draftFor(ended, { reason: 'subscription_update', items: false, advances: true }, tx);
  tx.emit('invoice.created', draft);
  return put(subscription, tx);
}
