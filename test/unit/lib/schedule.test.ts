import { describe, expect, it } from 'vitest';
import { isSchedule, nextAfter } from '../../../src/lib/schedule.ts';

describe('a schedule', () => {
  it.each(['hourly', 'daily', 'weekly', '0 4 * * *', '*/5 9-17 * * 1-5', '*/2 * * * * *'])('may be %s', (text) => {
    expect(isSchedule(text)).toBe(true);
  });

  it.each(['', 'dayly', '61 * * * *', '* * *', '0 0 30 2 *'])('may not be %j', (text) => {
    expect(isSchedule(text)).toBe(false);
  });

  it('names the first moment after another', () => {
    const next = (schedule: string) => nextAfter(schedule, new Date(2026, 2, 3, 4, 0, 0));
    expect(next('daily')).toEqual(new Date(2026, 2, 4, 4, 0, 0));
    expect(next('hourly')).toEqual(new Date(2026, 2, 3, 5, 0, 0));
    expect(next('weekly')).toEqual(new Date(2026, 2, 9, 4, 0, 0));
    expect(next('*/10 * * * * *')).toEqual(new Date(2026, 2, 3, 4, 0, 10));
  });
});
