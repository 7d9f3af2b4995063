import { expect, it } from 'vitest';
import { checkCard } from '../../../../src/mocks/payments/cards/check-card.ts';
import { cardOf, fingerprintOf, namedCard, testCard } from '../../../../src/mocks/payments/cards/test-cards.ts';

const NOW = Date.UTC(2026, 5, 15) / 1000;
const card = { number: '4242 4242-4242 4242', exp_month: 6, exp_year: 26, cvc: '123' };

it('knows a card by its number, by its names and by its fingerprint', () => {
  const visa = testCard('4242424242424242');
  expect(checkCard(card, NOW)).toBe(visa);
  expect([namedCard('pm_card_visa'), namedCard('tok_visa')]).toEqual([visa, visa]);
  expect(cardOf(fingerprintOf('4242424242424242'))).toBe(visa);
  expect([namedCard('visa'), namedCard('pm_card_none')]).toEqual([undefined, undefined]);
});

it.each([
  [{ exp_month: 5 }, 'invalid_expiry_month'],
  [{ exp_month: 0 }, 'invalid_expiry_month'],
  [{ exp_year: 25 }, 'invalid_expiry_year'],
  [{ exp_year: 2077 }, 'invalid_expiry_year'],
  [{ cvc: '12' }, 'invalid_cvc'],
  [{ number: '4242424242424241' }, 'incorrect_number'],
  [{ number: '42424242' }, 'invalid_number'],
  [{ number: '4111111111111111' }, 'card_declined'],
])('refuses a card with %o', (more, code) => {
  expect(() => checkCard({ ...card, ...more }, NOW)).toThrow(
    expect.objectContaining({ body: expect.objectContaining({ code }) }),
  );
});
