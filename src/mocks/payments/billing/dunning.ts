const DAY = 86_400;

/**
 * Days between attempts to collect an invoice. Stripe's Smart Retries choose times by what they have learned; these are
 * the fixed ones of https://docs.stripe.com/billing/revenue-recovery/smart-retries#custom-retry-schedule, so that
 * each run is like the other.
 */
const WAITS = [3, 5, 7].map((days) => days * DAY);

/** When an invoice is tried again, after so many attempts of which the last one was now; null: no more. */
export function nextAttempt(attempts: number, now: number): number | null {
  const wait = WAITS[attempts - 1];
  return wait === undefined ? null : now + wait;
}
