import { describe, expect, it } from 'vitest';
import { durationMs } from '../../../src/lib/duration.ts';

describe('a duration', () => {
  it.each([
    ['250ms', 250],
    ['1.5s', 1_500],
    ['90m', 5_400_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
    ['2w', 1_209_600_000],
    ['2y', 63_072_000_000],
  ])('of %s is %d ms', (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it.each(['', '5', 'd', '5 d', '-1d', '1D', '1.d', '1d2h'])('is not %j', (text) => {
    expect(durationMs(text)).toBeNull();
  });
});
