/** Of a time in seconds since 1970, in UTC: `2026-01-31`. */
export function day(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}
