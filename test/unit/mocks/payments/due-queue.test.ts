import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Due } from '../../../../src/mocks/payments/store/due.ts';
import { DueQueue } from '../../../../src/mocks/payments/store/due-queue.ts';

function due(id: number, at: number, clock: string | null = null): Due {
  return { id: `${id}.due`, object: 'devenv.due', at, clock, of: String(id) };
}

it('gives what is due in the order of the times, without what no longer counts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(50), fc.boolean()), { maxLength: 3000, size: 'max' }),
      fc.nat(60),
      (times, until) => {
        const gone = new Set<Due>();
        const queue = new DueQueue((one) => !gone.has(one));
        const all = times.map(([at, isGone], id) => {
          const one = due(id, at);
          if (isGone) gone.add(one);
          queue.add(one);
          return one;
        });
        const expected = all.filter((one) => !gone.has(one) && one.at <= until);
        const found: Due[] = [];
        for (let one = queue.first(null, until); one; one = queue.first(null, until)) {
          found.push(one);
          gone.add(one);
        }
        expect(found.map(({ at }) => at)).toEqual(expected.map(({ at }) => at).sort((a, b) => a - b));
        expect(new Set(found)).toEqual(new Set(expected));
      },
    ),
    { numRuns: 50 },
  );
});

it('keeps the times of test clocks apart', () => {
  const queue = new DueQueue(() => true);
  queue.add(due(1, 10));
  queue.add(due(2, 5, 'clock_1'));
  expect([queue.first(null, 7), queue.first('clock_1', 7)?.of, queue.first('clock_2', 7)]).toEqual([null, '2', null]);
});
