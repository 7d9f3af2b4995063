import { invalid } from '../../api/errors.ts';

export interface Interval {
  readonly interval: string;
  readonly interval_count?: number | undefined;
}

/** Three years at most: https://docs.stripe.com/api/prices/create#create_price-recurring-interval_count */
const LONGEST: Readonly<Record<string, number>> = { day: 1095, week: 156, month: 36, year: 3 };

export function checkInterval({ interval, interval_count = 1 }: Interval): void {
  const most = LONGEST[interval] ?? 0;
  if (interval_count <= most) return;
  throw invalid(
    `Invalid recurring[interval_count]: ${interval_count}. The maximum is three years, or ${most} ${interval}s.`,
    undefined,
    'recurring[interval_count]',
  );
}
