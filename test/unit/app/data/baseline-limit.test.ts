import { expect, it } from 'vitest';
import { baselineLimit } from '../../../../src/app/data/baseline-limit.ts';

it.each([
  [undefined, 10e9],
  ['', 10e9],
  ['0', 0],
  ['500MB', 500e6],
  ['1.5 g', 1.5e9],
])('the size limit %s of baselines is %d bytes', (text, bytes) => {
  expect(baselineLimit(text === undefined ? {} : { DVE_BASELINES_MAX: text })).toBe(bytes);
});

it('what is no size is refused', () => {
  expect(() => baselineLimit({ DVE_BASELINES_MAX: 'much' })).toThrow('DVE_BASELINES_MAX: "much" is no size');
});
