import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import type { Configuration } from './configuration.ts';

/** Which prices a subscription may change to, its own first. Of several items none is changed, as at Stripe. */
export function pricesFor(
  { items, currency }: Stripe.Subscription,
  { default_allowed_updates, products }: Configuration['features']['subscription_update'],
  tx: Transaction,
): readonly Stripe.Price[] {
  const [item, ...others] = items.data;
  if (!item || others.length > 0) return [];
  const offered = default_allowed_updates.includes('price') ? (products ?? []).flatMap(({ prices }) => prices) : [];
  const found = offered.filter((id) => id !== item.price.id).map((id) => tx.find('price', id));
  return [item.price, ...found.filter((price) => price?.active && price.currency === currency)] as Stripe.Price[];
}
