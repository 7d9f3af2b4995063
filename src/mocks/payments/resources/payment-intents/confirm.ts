import type { Stripe } from 'stripe';
import { ApiError, type ErrorBody } from '../../api/errors.ts';
import { DECLINES } from '../../cards/declines.ts';
import { cardOf } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseUsed } from '../payment-methods/attach.ts';
import { askToAuthenticate, needsAuthentication } from './authenticate.ts';
import { type Intent, refuseDone, unexpectedState } from './intent.ts';
import { pay, refused } from './pay.ts';

export interface How {
  /** The customer isn't there. */
  readonly offSession: boolean;
  readonly returnUrl: string | null;
  /** Where somebody would have to act, the payment fails. */
  readonly failsOnAction: boolean;
}

/** What became of an attempt: both are true at once, because a declined card leaves a changed intent. */
export interface Attempt {
  readonly intent: Intent;
  readonly error: ErrorBody | null;
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle */
export function confirm(intent: Intent, how: How, tx: Transaction): Attempt {
  refuseState(intent);
  const method = tx.get('payment_method', intent.payment_method as string, 'payment_method');
  refuseUsed(method, tx);
  const card = cardOf(method.card?.fingerprint);
  const wanted = intent.payment_method_options?.card?.request_three_d_secure;
  if (!needsAuthentication({ card, method, intent, offSession: how.offSession, wanted }, tx)) {
    return pay(intent, method, false, tx);
  }
  if (how.offSession || how.failsOnAction) return refused(intent, method, DECLINES.authenticationRequired, tx);
  return { intent: askToAuthenticate(intent, how.returnUrl, tx), error: null };
}

/** For a route: an attempt that failed is answered as an error, and stays. */
export function intentOf({ intent, error }: Attempt): Stripe.PaymentIntent {
  if (!error) return intent;
  throw new ApiError(error.type === 'card_error' ? 402 : 400, error, { keeps: true });
}

function refuseState(intent: Intent): void {
  refuseDone(intent);
  if (intent.status !== 'requires_payment_method') return;
  throw unexpectedState(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent " +
      'with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.',
  );
}
