import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permutation } from '../../../src/data/seed/permutation.ts';
import { Draws } from '../../../src/lib/draws.ts';

describe('random numbers of a column', () => {
  it('are those of the row, whatever was asked for before', () => {
    const draws = new Draws(42, 'public', 'users', 'email');
    const inOrder = Array.from({ length: 100 }, (_, row) => draws.at(row).uint32());
    const backwards = Array.from({ length: 100 }, (_, row) => draws.at(99 - row).uint32()).reverse();
    expect(backwards).toEqual(inOrder);
    expect(new Set(inOrder).size).toBe(100);
  });

  it('differ by seed, column, attempt, and far beyond 2^32 rows', () => {
    const first = (draws: Draws, row: number, attempt = 0) => draws.at(row, attempt).uint32();
    const one = new Draws(42, 'public', 'users', 'email');
    const found = [
      first(one, 7),
      first(one, 7, 1),
      first(one, 7 + 2 ** 32),
      first(new Draws(43, 'public', 'users', 'email'), 7),
      first(new Draws(42, 'public', 'users', 'name'), 7),
      first(new Draws(42, 'public', 'usersemail', ''), 7),
    ];
    expect(new Set(found).size).toBe(found.length);
  });

  it('are spread evenly, and keep to their bounds', () => {
    const draws = new Draws('a', 'b');
    const counts = new Array<number>(10).fill(0);
    for (let row = 0; row < 10_000; row += 1)
      counts[draws.at(row).below(10)] = (counts[draws.at(row).below(10)] ?? 0) + 1;
    for (const count of counts) expect(count).toBeGreaterThan(850);
    for (let row = 0; row < 1000; row += 1) {
      const drawn = draws.at(row).between(-3, 2 ** 52);
      expect(Number.isSafeInteger(drawn)).toBe(true);
      expect(drawn).toBeGreaterThanOrEqual(-3);
      expect(drawn).toBeLessThanOrEqual(2 ** 52);
    }
  });
});

describe('a shuffle', () => {
  it('gives each number once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.string(), (size, key) => {
        const shuffled = permutation(size, key);
        const found = new Set(Array.from({ length: size }, (_, index) => shuffled(index)));
        expect(found.size).toBe(size);
        expect(Math.max(...found)).toBe(size - 1);
      }),
      { numRuns: 50 },
    );
  });

  it('reaches far', () => {
    const size = 2 ** 52 - 11;
    const shuffled = permutation(size, 'k');
    const found = Array.from({ length: 1000 }, (_, index) => shuffled(index));
    expect(new Set(found).size).toBe(1000);
    expect(found.every((one) => Number.isSafeInteger(one) && one >= 0 && one < size)).toBe(true);
    expect(Math.max(...found)).toBeGreaterThan(size / 2);
  });
});
