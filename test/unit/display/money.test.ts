import { expect, it } from 'vitest';
import { moneyText } from '../../../src/display/money.ts';

it('writes an amount of the smallest unit as people do, by how many of them the currency has', () => {
  expect(moneyText(1_250_05, 'usd')).toBe('1,250.05 USD');
  expect(moneyText(-700, 'eur')).toBe('-7.00 EUR');
  expect(moneyText(1_200, 'jpy')).toBe('1,200 JPY');
  expect(moneyText(1_500, 'kwd')).toBe('1.500 KWD');
});
