import { expect, it } from 'vitest';
import { makeId } from '../../../../src/mocks/payments/store/ids.ts';

it('makes ids that follow from the seed, and differ', () => {
  const ids = Array.from({ length: 50_000 }, (_, serial) => makeId('seed', serial, serial % 2 ? 'pi' : 'evt'));
  expect(new Set(ids.map((id) => id.replace(/^.*_/, ''))).size).toBe(ids.length);
  expect(makeId('seed', 1, 'pi')).toBe(ids[1]);
  expect(makeId('other', 1, 'pi')).not.toBe(ids[1]);
  expect(makeId('seed', 7, 'cus')).toMatch(/^cus_\w{14}$/);
});

it('uses all letters about equally often', () => {
  const text = Array.from({ length: 5_000 }, (_, serial) => makeId('seed', serial, 'pi').slice(3)).join('');
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const mean = text.length / 62;
  expect([counts.size, Math.min(...counts.values()) > mean * 0.85, Math.max(...counts.values()) < mean * 1.15]).toEqual(
    [62, true, true],
  );
});
