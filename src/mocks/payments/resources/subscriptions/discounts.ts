import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

/** Those that have not ended by now. */
export function liveDiscounts({ discounts }: Stripe.Subscription, tx: Transaction): string[] {
  return (discounts as string[]).filter((id) => {
    const { end } = tx.get('discount', id);
    return end === null || end > tx.now;
  });
}

/** Tells of those that a subscription no longer has. */
export function tellEnded(before: Stripe.Subscription, after: Stripe.Subscription, tx: Transaction): void {
  for (const id of before.discounts as string[]) {
    if (!(after.discounts as string[]).includes(id)) tx.emit('customer.discount.deleted', tx.get('discount', id));
  }
}
