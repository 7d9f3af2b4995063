import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fits } from '../../../../../src/data/seed/checks/fits.ts';
import { ANY, type Domain } from '../../../../../src/data/seed/domain.ts';
import type { World } from '../../../../../src/data/seed/values/index.ts';
import { encode } from '../../../../../src/data/seed/values/index.ts';
import { scalar } from '../schema-of.ts';
import { english, madeColumn, NOW, rows } from './columns.ts';

let world: World;
beforeAll(async () => {
  world = await english();
});

const TYPES = [
  scalar('int2'),
  scalar('int4'),
  scalar('int8'),
  scalar('float8'),
  scalar('numeric'),
  scalar('numeric', { precision: 6, scale: 2 }),
  scalar('numeric', { precision: 5, scale: 0 }),
  scalar('numeric', { precision: 38, scale: 18 }),
];

const bound = fc.option(fc.record({ value: fc.integer({ min: -900, max: 900 }), inclusive: fc.boolean() }), {
  nil: null,
});

const domains: fc.Arbitrary<Domain> = fc
  .record({
    min: bound,
    max: bound,
    noneOf: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 4 }),
    modulo: fc.option(
      fc
        .integer({ min: 2, max: 12 })
        .chain((divisor) => fc.record({ divisor: fc.constant(divisor), remainder: fc.nat(divisor - 1) })),
      { nil: null },
    ),
  })
  .map(({ min, max, noneOf, modulo }) =>
    // Of a negative number the remainder isn't positive: there it could be that nothing is left.
    modulo ? { ...ANY, min: { value: 0, inclusive: true }, noneOf, modulo: [modulo] } : { ...ANY, min, max, noneOf },
  )
  .filter(({ min, max }) => !min || !max || min.value + 60 < max.value);

describe('numbers', () => {
  it('are what the checks allow, also those that all differ and those between two', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        domains,
        fc.constantFrom('x', 'price', 'rating', 'position'),
        (type, domain, name) => {
          const { value, within, distinct } = madeColumn(world, name, { type, domain });
          const values = rows(40, (row) => value(row, row % 3));
          const different = rows(Math.min(60, distinct?.size ?? 0), (index) => distinct?.at(index) ?? null);
          expect(new Set(different).size).toBe(different.length);
          const between = rows(20, (row) => within?.(row, 0, -300, 300) ?? 0).filter((one) => one !== 0);
          expect(between.filter((one) => Math.abs(one) > 300)).toEqual([]);
          const all = [...values, ...different, ...between];
          expect(all.filter((one) => !fits(one, domain))).toEqual([]);
          expect(all.filter((one) => Number(encode(type, one)) !== one)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('that all differ are all there are', () => {
    const domain = { min: { value: -2, inclusive: true }, max: { value: 30, inclusive: false }, noneOf: [0, 7] };
    const { distinct } = madeColumn(world, 'x', { type: scalar('int4'), domain });
    const all = rows(distinct?.size ?? 0, (index) => distinct?.at(index) as number).sort((a, b) => a - b);
    expect(all).toEqual(rows(32, (index) => index - 2).filter((number) => number !== 0 && number !== 7));
  });

  it('lie where asked, near what they follow, and nowhere when there is no room', () => {
    const { within } = madeColumn(world, 'updated_at', { type: scalar('timestamptz') });
    const after = NOW - 3_600_000;
    for (const one of rows(100, (row) => within?.(row, 0, after, Number.POSITIVE_INFINITY) as number)) {
      expect(one).toBeGreaterThanOrEqual(after);
      expect(one).toBeLessThanOrEqual(NOW);
    }
    expect(within?.(0, 0, NOW + 5, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(NOW + 5);
    const { within: small } = madeColumn(world, 'x', {
      type: scalar('int4'),
      domain: { max: { value: 10, inclusive: true } },
    });
    expect(small?.(0, 0, 11, 20)).toBeNull();
    expect(small?.(0, 0, 0.5, 0.9)).toBeNull();
    expect(small?.(0, 0, 10, Number.POSITIVE_INFINITY)).toBe(10);
  });

  it('of several divisors fit all of them; none where that is impossible', () => {
    const modulo = [
      { divisor: 4, remainder: 1 },
      { divisor: 6, remainder: 3 },
    ];
    const { value } = madeColumn(world, 'x', { type: scalar('int4'), domain: { modulo } });
    for (const one of rows(50, (row) => value(row, 0) as number)) expect([one % 4, one % 6]).toEqual([1, 3]);
    const clash = [
      { divisor: 4, remainder: 1 },
      { divisor: 6, remainder: 2 },
    ];
    expect(() => madeColumn(world, 'x', { type: scalar('int4'), domain: { modulo: clash } })).toThrow(
      'nothing is made',
    );
  });
});
