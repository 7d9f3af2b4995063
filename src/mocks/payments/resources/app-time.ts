import { invalid } from '../api/errors.ts';
import type { Transaction } from '../store/transaction.ts';

/** Whether a time may be asked for at another; both in seconds since 1970. */
type IsPossible = (time: number, now: number) => boolean;

/**
 * A time that an app gave, by the mocks' clock. Apps compute with their own clock, which goes on while the mocks' stands
 * still, and stays where it is when that is moved: what is possible only by the wall's clock is taken as that far from the
 * mocks' now. What is possible by neither stays as it is, for whoever refuses it. Who lives by a test clock has to compute
 * with that, as at Stripe.
 */
export function appTime(given: number, isPossible: IsPossible, tx: Transaction): number {
  if (tx.isFrozen || isPossible(given, tx.now) || !isPossible(given, tx.wallNow)) return given;
  return given - tx.wallNow + tx.now;
}

const IN_FUTURE = 'Invalid timestamp: must be an integer Unix timestamp in the future';

/** One that has to be in the future; fails as Stripe does where it isn't. */
export function futureTime(given: number, param: string, tx: Transaction, message = IN_FUTURE): number {
  const time = appTime(given, isLater, tx);
  if (isLater(time, tx.now)) return time;
  throw invalid(message, undefined, param);
}

export function isLater(time: number, now: number): boolean {
  return time > now;
}
