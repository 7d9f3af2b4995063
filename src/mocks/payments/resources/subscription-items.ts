import type { Stripe } from 'stripe';
import { missing } from '../api/errors.ts';
import { page } from '../api/list.ts';
import { type Resource, route } from '../api/route.ts';
import { metadata, pagination } from '../params/common.ts';
import { notHereYet } from '../params/composed.ts';
import { required } from '../params/kind.ts';
import { flag, integer, text } from '../params/scalars.ts';
import type { Transaction } from '../store/transaction.ts';
import { recurringPriceData } from './prices/params.ts';
import { updateParams as ofSubscription } from './subscriptions/params.ts';
import { subscriptionAt } from './subscriptions/subscription.ts';
import { type Update, updateSubscription } from './subscriptions/update.ts';

const how = {
  payment_behavior: ofSubscription.payment_behavior,
  proration_behavior: ofSubscription.proration_behavior,
  proration_date: ofSubscription.proration_date,
};
const fields = {
  ...how,
  metadata,
  price: text(),
  price_data: recurringPriceData,
  quantity: integer({ min: 0 }),
  ...notHereYet('billing_thresholds', 'current_trial', 'discounts', 'plan', 'tax_rates'),
};

/** https://docs.stripe.com/api/subscription_items: each is a change of its subscription. */
export const subscriptionItems: Resource = {
  routes: [
    route('POST', '/v1/subscription_items', { ...fields, subscription: required(text()) }, ({ params, tx }) => {
      const { subscription: id, payment_behavior, proration_behavior, proration_date, ...item } = params;
      const before = subscriptionAt(id, tx, 'subscription');
      const had = new Set(before.items.data.map((one) => one.id));
      const after = updateSubscription(
        before,
        given({ payment_behavior, proration_behavior, proration_date }, item),
        tx,
      );
      return after.items.data.find((one) => !had.has(one.id)) as Stripe.SubscriptionItem;
    }),
    route('GET', '/v1/subscription_items', { ...pagination, subscription: required(text()) }, ({ params, path, tx }) =>
      page(tx.get('subscription', params.subscription, 'subscription').items.data, params, path),
    ),
    route('GET', '/v1/subscription_items/:id', {}, ({ id, tx }) => tx.get('subscription_item', id)),
    route('POST', '/v1/subscription_items/:id', { ...fields, off_session: flag }, ({ id, params, tx }) => {
      const { payment_behavior, proration_behavior, proration_date, off_session, ...item } = params;
      const asked = given({ payment_behavior, proration_behavior, proration_date, off_session }, { ...item, id });
      updateSubscription(ownerOf(id, tx), asked, tx);
      return tx.get('subscription_item', id);
    }),
    route('DELETE', '/v1/subscription_items/:id', { ...how, clear_usage: flag }, ({ id, params, tx }) => {
      const { clear_usage: _, ...more } = params;
      updateSubscription(ownerOf(id, tx), given(more, { id, deleted: true }), tx);
      return { id, object: 'subscription_item', deleted: true } satisfies Stripe.DeletedSubscriptionItem;
    }),
  ],
};

function ownerOf(id: string, tx: Transaction): Stripe.Subscription {
  const item = tx.get('subscription_item', id);
  const owner = subscriptionAt(item.subscription, tx);
  if (!owner.items.data.some((one) => one.id === id)) throw missing('subscription_item', id, 'id');
  return owner;
}

type Some<T> = { readonly [N in keyof T]?: T[N] | undefined };

/** Only what was given: what is undefined would unset it. */
function given(how: Some<Update>, item: Some<NonNullable<Update['items']>[number]>): Update {
  return { ...without(how), items: [without(item)] } as Update;
}

function without(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
