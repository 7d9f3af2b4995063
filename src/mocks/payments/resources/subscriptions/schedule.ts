import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { isEnded, periodOf } from './subscription.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses: what isn't paid by then has expired. */
const INCOMPLETE = 23 * HOUR;
const TRIAL_WARNING = 3 * DAY;
/** An account's setting at Stripe; what renews more often than that is not told of. */
const UPCOMING = 7 * DAY;

export type Happening = 'expires' | 'canceled' | 'resumes' | 'renews' | 'trial-will-end' | 'upcoming';

interface Next {
  readonly at: number;
  readonly what: Happening;
}

/** What happens to a subscription by itself next, and when; null: nothing. Of two at once the first one counts. */
export function nextOf(subscription: Stripe.Subscription, now: number): Next | null {
  if (isEnded(subscription)) return null;
  const { status, created, cancel_at, pause_collection, trial_end } = subscription;
  const { end } = periodOf(subscription);
  const all: (Next | false)[] = [
    status === 'incomplete' && { at: created + INCOMPLETE, what: 'expires' },
    cancel_at !== null && { at: cancel_at, what: 'canceled' },
    pause_collection?.resumes_at ? { at: pause_collection.resumes_at, what: 'resumes' } : false,
    renews(subscription) && { at: end, what: 'renews' },
    renews(subscription) && end - UPCOMING > now && { at: end - UPCOMING, what: 'upcoming' },
    status === 'trialing' &&
      trial_end !== null &&
      trial_end - TRIAL_WARNING > now && { at: trial_end - TRIAL_WARNING, what: 'trial-will-end' },
  ];
  return all
    .filter((one) => one !== false)
    .reduce<Next | null>((first, one) => (first && first.at <= one.at ? first : one), null);
}

/** Whether it goes on after the period that it is in. */
export function renews(subscription: Stripe.Subscription): boolean {
  const { status, cancel_at } = subscription;
  if (isEnded(subscription) || status === 'incomplete' || status === 'paused') return false;
  return cancel_at === null || cancel_at > periodOf(subscription).end;
}

/** Whether its trial is so short that its end is told of at once. */
export function endsSoon({ trial_end }: Stripe.Subscription, now: number): boolean {
  return trial_end !== null && trial_end - TRIAL_WARNING <= now;
}

export function scheduleNext(subscription: Stripe.Subscription, tx: Transaction): void {
  const next = nextOf(subscription, tx.now);
  if (next) tx.schedule(subscription.id, next.at * 1000, subscription.test_clock as string | null);
  else tx.unschedule(subscription.id);
}
