import fc from 'fast-check';
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { amountFor } from '../../../../../src/mocks/payments/billing/amounts.ts';
import { tierParts } from '../../../../../src/mocks/payments/billing/tiers.ts';

const tier = (up_to: number | null, unit_amount: number | null, flat_amount: number | null = null) =>
  ({
    up_to,
    unit_amount,
    flat_amount,
    unit_amount_decimal: null,
    flat_amount_decimal: null,
  }) satisfies Stripe.Price.Tier;

const amountOf = (tiers: Stripe.Price.Tier[], tiers_mode: 'graduated' | 'volume', quantity: number) =>
  amountFor({ unit_amount: null, unit_amount_decimal: null, tiers, tiers_mode }, quantity);

describe('tiers', () => {
  /** Of https://docs.stripe.com/products-prices/pricing-models. */
  const tiers = [tier(5, 700), tier(10, 650), tier(null, 600)];

  it.each([
    [0, 0, 0],
    [1, 700, 700],
    [5, 3500, 3500],
    [6, 4150, 3900],
    [20, 12_750, 12_000],
  ])('take for %d what each is reached by, or the last for all', (quantity, graduated, volume) => {
    expect([amountOf(tiers, 'graduated', quantity), amountOf(tiers, 'volume', quantity)]).toEqual([graduated, volume]);
  });

  it('take a flat fee each that is reached, the first always', () => {
    const flat = [tier(5, 500, 1000), tier(10, 400, 2000), tier(null, 300, 3000)];
    expect([0, 5, 6].map((quantity) => amountOf(flat, 'graduated', quantity))).toEqual([1000, 3500, 5900]);
    expect([0, 5, 6].map((quantity) => amountOf(flat, 'volume', quantity))).toEqual([1000, 3500, 4400]);
  });

  it('hold all of a quantity between them, each no more than it can', () => {
    const bounds = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 6 });
    fc.assert(
      fc.property(bounds, fc.integer({ min: 0, max: 2000 }), (unsorted, quantity) => {
        const ends = unsorted.sort((a, b) => a - b);
        const all = [...ends.map((end) => tier(end, 1)), tier(null, 1)];
        expect(amountOf(all, 'graduated', quantity)).toBe(quantity);
        const parts = tierParts(all, 'graduated', quantity);
        parts.forEach((part, place) => {
          expect(part.number).toBe(place + 1);
          expect(part.quantity).toBeGreaterThanOrEqual(place === 0 ? 0 : 1);
          expect(part.quantity).toBeLessThanOrEqual((ends[place] ?? Number.POSITIVE_INFINITY) - (ends[place - 1] ?? 0));
        });
        expect(tierParts(all, 'volume', quantity)).toEqual([
          expect.objectContaining({ number: parts.length, quantity, units: quantity }),
        ]);
      }),
    );
  });
});
