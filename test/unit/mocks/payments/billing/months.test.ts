import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundary, monthsLater, nextBoundary } from '../../../../../src/mocks/payments/billing/months.ts';

const at = (text: string): number => Date.parse(`${text}Z`) / 1000;
const said = (time: number): string => new Date(time * 1000).toISOString().slice(0, 16);
const cycles = fc.record({
  interval: fc.constantFrom('day', 'week', 'month', 'year'),
  interval_count: fc.integer({ min: 1, max: 3 }),
});
const times = fc.integer({ min: at('1999-01-01T00:00'), max: at('2010-01-01T00:00') });

describe('months', () => {
  it('end with their last day where they have no 31st, and come back to it', () => {
    const anchor = at('2026-01-31T09:30');
    const month = { interval: 'month', interval_count: 1 };
    expect([1, 2, 3, 4, 12, 25].map((n) => said(boundary(anchor, month, n)))).toEqual([
      '2026-02-28T09:30',
      '2026-03-31T09:30',
      '2026-04-30T09:30',
      '2026-05-31T09:30',
      '2027-01-31T09:30',
      '2028-02-29T09:30',
    ]);
  });

  it('of a leap day are those of the 28th in other years', () => {
    const year = { interval: 'year', interval_count: 1 };
    const anchor = at('2028-02-29T00:00');
    expect([1, 2, 3, 4].map((n) => said(boundary(anchor, year, n)).slice(0, 10))).toEqual([
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });

  it('later keep the time of the day, and the day or the last one', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: -240, max: 240 }), (time, months) => {
        const [from, to] = [new Date(time * 1000), new Date(monthsLater(time, months) * 1000)];
        expect(to.getTime() % 86_400_000).toBe(from.getTime() % 86_400_000);
        const distance = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
        expect(distance).toBe(months);
        const isLast = new Date(to.getTime() + 86_400_000).getUTCDate() === 1;
        expect(to.getUTCDate() === from.getUTCDate() || (isLast && to.getUTCDate() < from.getUTCDate())).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the next boundary', () => {
  it('is the first one after the time, for any anchor before or after it', () => {
    fc.assert(
      fc.property(times, cycles, times, (anchor, cycle, time) => {
        const all = Array.from({ length: 9000 }, (_, n) => boundary(anchor, cycle, n - 4500));
        expect(nextBoundary(anchor, cycle, time)).toBe(Math.min(...all.filter((one) => one > time)));
      }),
      { numRuns: 50 },
    );
  });
});
