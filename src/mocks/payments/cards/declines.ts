/** Why a card is not charged: https://docs.stripe.com/declines/codes */
export interface Decline {
  readonly code: string;
  readonly decline_code?: string;
  readonly message: string;
  /** What to do about it, as the network says. */
  readonly advice_code?: 'try_again_later' | 'do_not_try_again' | 'confirm_card_data';
}

function declined(
  decline_code: string,
  advice_code: Decline['advice_code'],
  message = 'Your card was declined.',
): Decline {
  return { code: 'card_declined', decline_code, message, ...(advice_code && { advice_code }) };
}

export const DECLINES = {
  generic: declined('generic_decline', 'try_again_later'),
  insufficientFunds: declined('insufficient_funds', 'try_again_later', 'Your card has insufficient funds.'),
  lost: declined('lost_card', 'do_not_try_again'),
  stolen: declined('stolen_card', 'do_not_try_again'),
  fraudulent: declined('fraudulent', undefined),
  velocity: declined(
    'card_velocity_exceeded',
    'try_again_later',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  expired: { code: 'expired_card', message: 'Your card has expired.', advice_code: 'do_not_try_again' },
  incorrectCvc: {
    code: 'incorrect_cvc',
    message: "Your card's security code is incorrect.",
    advice_code: 'confirm_card_data',
  },
  processingError: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice_code: 'try_again_later',
  },
  authenticationRequired: {
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
} as const satisfies Readonly<Record<string, Decline>>;
