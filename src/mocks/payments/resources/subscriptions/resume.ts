import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { nextBoundary } from '../../billing/months.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { billPeriod } from './due.ts';
import { cycleOf } from './item.ts';
import type { updateParams } from './params.ts';
import { scheduleNext } from './schedule.ts';

type Anchor = Params<typeof updateParams>['billing_cycle_anchor'];

/** One that was paused at the end of its trial goes on, with a new period from now on. */
export function resume(subscription: Stripe.Subscription, anchor: Anchor, tx: Transaction): Stripe.Subscription {
  if (subscription.status !== 'paused') {
    throw invalid('Only a paused subscription can be resumed.');
  }
  const cycle = cycleOf(subscription.items.data);
  const isKept = (typeof anchor === 'string' ? anchor : anchor?.type) === 'unchanged';
  const from = isKept ? subscription.billing_cycle_anchor : tx.now;
  const period = { start: tx.now, end: nextBoundary(from, cycle, tx.now) };
  const going = { ...subscription, billing_cycle_anchor: from };
  const resumed = billPeriod(going, period, 'subscription_update', tx);
  tx.emit('customer.subscription.resumed', resumed);
  scheduleNext(resumed, tx);
  return resumed;
}
