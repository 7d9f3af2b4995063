import { ApiError } from '../api/errors.ts';
import { refuseNotHere } from './not-here.ts';
import { type TestCard, testCard } from './test-cards.ts';

/** A card as somebody typed it. */
export interface GivenCard {
  readonly number: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly cvc?: string;
}

/** The test card it is. Fails as Stripe does where it can't be one; `now` is in seconds. */
export function checkCard(given: GivenCard, now: number): TestCard {
  const number = given.number.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(number)) {
    throw cardError('invalid_number', 'The card number is not a valid credit card number.', 'number');
  }
  if (!passesLuhn(number)) throw cardError('incorrect_number', 'Your card number is incorrect.', 'number');
  checkExpiry(given, new Date(now * 1000));
  if (given.cvc !== undefined && !/^\d{3,4}$/.test(given.cvc)) {
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc');
  }
  const card = testCard(number);
  if (card) return card;
  refuseNotHere(number, 'number');
  const message = 'Your card was declined. Your request was in test mode, but used a non test (live) card.';
  throw cardError(
    'card_declined',
    `${message} For a list of valid test cards, visit: https://docs.stripe.com/testing.`,
    'number',
    {
      decline_code: 'test_mode_live_card',
    },
  );
}

function checkExpiry({ exp_month, exp_year }: GivenCard, now: Date): void {
  if (exp_month < 1 || exp_month > 12) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
  const year = fullYear(exp_year);
  if (year < now.getUTCFullYear() || year > now.getUTCFullYear() + 50) {
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year');
  }
  if (year === now.getUTCFullYear() && exp_month < now.getUTCMonth() + 1) {
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month');
  }
}

/** Two digits are of this century. */
export function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let place = 0; place < number.length; place++) {
    const digit = Number(number[number.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

function cardError(
  code: string,
  message: string,
  param: string,
  more: { readonly decline_code?: string } = {},
): ApiError {
  return new ApiError(402, { type: 'card_error', code, message, param, ...more });
}
