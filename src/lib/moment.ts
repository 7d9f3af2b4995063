/** Year, month and day; whatever stands behind them is left to Date. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)(?![\d-])/;

/**
 * Milliseconds since 1970 of a day (`2026-01-31`, in UTC) or a time (`2026-01-31T12:00:00Z`), ISO 8601; null for what is
 * neither, such as the 30th of February, which Date takes for the 2nd of March.
 */
export function momentMs(text: string): number | null {
  const [, year, month, day] = DATE.exec(text) ?? [];
  const [ms, midnight] = [Date.parse(text), Date.UTC(Number(year), Number(month) - 1, Number(day))];
  return Number.isNaN(ms) || new Date(midnight).getUTCDate() !== Number(day) ? null : ms;
}
