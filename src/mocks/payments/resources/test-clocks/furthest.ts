import type { Stripe } from 'stripe';
import { boundary, type Cycle } from '../../billing/months.ts';
import type { Transaction } from '../../store/transaction.ts';

const TWO_YEARS: Cycle = { interval: 'year', interval_count: 2 };

/** Until when a test clock may advance at once: https://docs.stripe.com/api/test_clocks/advance */
export function furthest(clock: Stripe.TestHelpers.TestClock, tx: Transaction): number {
  const ends = [...tx.where('subscription', 'test_clock', clock.id)]
    .filter(({ ended_at }) => ended_at === null)
    .flatMap(({ items }) => items.data.map(({ price }) => price.recurring as Stripe.Price.Recurring))
    .map((cycle) => boundary(clock.frozen_time, cycle, 2));
  return ends.length === 0 ? boundary(clock.frozen_time, TWO_YEARS, 1) : Math.min(...ends);
}
