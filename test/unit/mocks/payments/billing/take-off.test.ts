import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, sum, takeOff } from '../../../../../src/mocks/payments/billing/take-off.ts';

const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 12 });

describe('a total in parts', () => {
  it('adds up, is in proportion, and takes no more than there is', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const total = Math.floor(sum(of) * share);
        const parts = apportion(total, of);
        expect(sum(parts)).toBe(total);
        parts.forEach((part, place) => {
          const weight = of[place] as number;
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(weight);
          if (sum(of) > 0) expect(Math.abs(part - (total * weight) / sum(of))).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

describe('discounts', () => {
  const line = (amount: number, more = {}) => ({ amount, discountable: true, product: 'a', ...more });
  const terms = { percentOff: null, amountOff: null, products: null };

  it('stack: each takes off what those before it have left', () => {
    const half = { ...terms, percentOff: 50 };
    expect(takeOff([line(1000)], [half, half, { ...terms, amountOff: 100 }])).toEqual([[500, 250, 100]]);
  });

  it('leave alone what they are not for', () => {
    const lines = [line(1000), line(600, { product: 'b' }), line(400, { discountable: false }), line(-200)];
    expect(takeOff(lines, [{ ...terms, amountOff: 5000, products: ['b'] }])).toEqual([[0], [600], [0], [0]]);
    expect(takeOff(lines, [{ ...terms, percentOff: 10 }])).toEqual([[100], [60], [0], [0]]);
  });

  it('never make a line negative', () => {
    const some = fc.array(
      fc.oneof(
        fc.record({ ...anyTerms(), percentOff: fc.integer({ min: 1, max: 100 }) }),
        fc.record({ ...anyTerms(), amountOff: fc.integer({ min: 1, max: 5000 }) }),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(weights, some, (amounts, discounts) => {
        const off = takeOff(
          amounts.map((amount) => line(amount)),
          discounts,
        );
        off.forEach((parts, place) => {
          expect(sum(parts)).toBeLessThanOrEqual(amounts[place] as number);
        });
      }),
    );
  });
});

function anyTerms() {
  return { percentOff: fc.constant(null), amountOff: fc.constant(null), products: fc.constant(null) };
}
