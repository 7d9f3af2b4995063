const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** Milliseconds of each unit; a year is 365 days. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ ms: 1, s: SECOND, m: 60 * SECOND, h: 3_600 * SECOND },
  ...{ d: DAY, w: 7 * DAY, y: 365 * DAY },
};

/** Milliseconds of `90m`, `12h`, `30d`, `2y`; null for what is no duration, such as a number without a unit. */
export function durationMs(text: string): number | null {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(ms|[smhdwy])$/.exec(text) ?? [];
  return amount === undefined ? null : Math.round(Number(amount) * (UNITS[unit] ?? 0));
}
