const DAY = 86_400;
const MONTHS: Readonly<Record<string, number>> = { month: 1, year: 12 };
/** The mean of 400 years. */
const USUAL_MONTH = 30.436875 * DAY;
const SECONDS: Readonly<Record<string, number>> = { day: DAY, week: 7 * DAY };

export interface Cycle {
  readonly interval: string;
  readonly interval_count: number;
}

/**
 * The time so many months later, in seconds since 1970, UTC. A day that the month doesn't have is its last one:
 * https://docs.stripe.com/billing/subscriptions/billing-cycle
 */
export function monthsLater(time: number, months: number): number {
  const from = new Date(time * 1000);
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1);
  const month = new Date(first);
  const days = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(from.getUTCDate(), days);
  const ofDay = ((time % DAY) + DAY) % DAY;
  return first / 1000 + (day - 1) * DAY + ofDay;
}

/** When the nth period after the anchor begins. Each is counted from the anchor, so that the 31st comes back after February. */
export function boundary(anchor: number, { interval, interval_count }: Cycle, n: number): number {
  const months = MONTHS[interval];
  if (months !== undefined) return monthsLater(anchor, months * interval_count * n);
  return anchor + (SECONDS[interval] as number) * interval_count * n;
}

/** The first boundary after this time. */
export function nextBoundary(anchor: number, cycle: Cycle, time: number): number {
  const { interval, interval_count } = cycle;
  const usual = (MONTHS[interval] ?? 0) * USUAL_MONTH || (SECONDS[interval] as number);
  let n = Math.round((time - anchor) / (usual * interval_count));
  while (boundary(anchor, cycle, n) <= time) n += 1;
  while (boundary(anchor, cycle, n - 1) > time) n -= 1;
  return boundary(anchor, cycle, n);
}
