import type { Stripe } from 'stripe';
import type { Due } from '../../store/due.ts';
import type { Transaction } from '../../store/transaction.ts';

type FirstDue = (atMs: number) => Due | null;

/** The next thing that falls due by a test clock that advances; when there is none, the clock has got where it should. */
export function advanceStep(
  clock: Stripe.TestHelpers.TestClock,
  firstDue: FirstDue,
  happen: (of: string) => void,
  tx: Transaction,
): void {
  const target = clock.status_details.advancing?.target_frozen_time ?? clock.frozen_time;
  const due = firstDue(target * 1000);
  if (!due) {
    tx.liveBy(tx.put({ ...clock, frozen_time: target, status: 'ready', status_details: {} }).id);
    tx.emit('test_helpers.test_clock.ready', tx.find('test_helpers.test_clock', clock.id));
    return;
  }
  tx.put({ ...clock, frozen_time: Math.max(clock.frozen_time, Math.floor(due.at / 1000)) });
  tx.liveBy(clock.id);
  tx.unschedule(due.of);
  happen(due.of);
  // One step is one transaction: the next one follows at the same time of the environment.
  tx.schedule(clock.id, tx.environmentMs);
}
