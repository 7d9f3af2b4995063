import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Transaction } from '../../store/transaction.ts';
import { type GivenItem, newItem, ofPrice, type Period, recurringPrice } from './item.ts';
import { periodOf } from './subscription.ts';

type Item = Stripe.SubscriptionItem;

/** The items afterwards: those that are named are changed or go, others are added, the rest stays. */
export function replaceItems(subscription: Stripe.Subscription, given: readonly GivenItem[], tx: Transaction): Item[] {
  const period: Period = periodOf(subscription);
  let items: readonly Item[] = subscription.items.data;
  given.forEach((one, place) => {
    const { id } = one;
    if (id === undefined) {
      refuseTwice(items, one);
      items = [...items, newItem(one, subscription.id, period, place, tx)];
      return;
    }
    const found = items.find((item) => item.id === id);
    if (!found) throw invalid(`No such subscription item: '${id}'`, 'resource_missing', `items[${place}][id]`);
    const rest = one.deleted ? [] : [changed(found, one, place, tx)];
    items = items.flatMap((item) => (item === found ? rest : [item]));
  });
  if (items.length === 0)
    throw invalid('A subscription must have at least one active plan. To cancel it, use the cancel call.');
  return [...items];
}

function changed(item: Item, given: GivenItem, place: number, tx: Transaction): Item {
  const price = recurringPrice(given, `items[${place}]`, tx);
  return {
    ...item,
    ...(price && ofPrice(price)),
    quantity: given.quantity ?? (price ? 1 : (item.quantity ?? 1)),
    metadata: mergeMetadata(item.metadata, given.metadata),
  };
}

function refuseTwice(items: readonly Item[], { price }: GivenItem): void {
  const same = price !== undefined && items.find((item) => item.price.id === price);
  if (same) throw invalid(`Cannot add multiple subscription items with the same plan: ${price}`);
}

/** Whether they are paid for otherwise. */
export function isSame(a: Item, b: Item | undefined): boolean {
  return b !== undefined && a.price.id === b.price.id && a.quantity === b.quantity;
}
