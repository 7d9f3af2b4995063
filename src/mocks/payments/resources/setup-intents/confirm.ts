import type { Stripe } from 'stripe';
import { ApiError, type ErrorBody } from '../../api/errors.ts';
import type { Decline } from '../../cards/declines.ts';
import { cardOf } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';
import { markAuthenticated, needsAuthentication, nextAction } from '../payment-intents/authenticate.ts';
import { attached, refuseUsed } from '../payment-methods/attach.ts';
import { attempted } from './attempt.ts';
import { refuseDone, type Setup, unexpected } from './setup-intent.ts';

/** What became of it: an attempt that failed stays. */
export interface SetupAttempt {
  readonly setup: Setup;
  readonly error: ErrorBody | null;
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle, which is the same for setup intents. */
export function confirmSetup(setup: Setup, returnUrl: string | null, tx: Transaction): SetupAttempt {
  refuseDone(setup);
  if (setup.status === 'requires_payment_method') {
    throw unexpected(
      setup,
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.",
    );
  }
  const method = tx.get('payment_method', setup.payment_method as string, 'payment_method');
  refuseUsed(method, tx);
  const card = cardOf(method.card?.fingerprint);
  const wanted = setup.payment_method_options?.card?.request_three_d_secure;
  if (card.decline && !card.attaches) return failed(setup, method, card.decline, tx);
  if (!needsAuthentication({ card, method, intent: setup, offSession: false, wanted }, tx)) {
    return { setup: succeed(setup, method, false, tx), error: null };
  }
  const after = tx.put({
    ...attempted(setup, method, { status: 'requires_action' }, tx),
    status: 'requires_action',
    next_action: nextAction(setup, returnUrl, tx),
  } satisfies Setup);
  tx.emit('setup_intent.requires_action', after);
  return { setup: after, error: null };
}

export function setupAuthenticated(setup: Setup, succeeded: boolean, tx: Transaction): SetupAttempt {
  if (setup.status !== 'requires_action') throw unexpected(setup, 'This SetupIntent waits for no authentication.');
  const method = tx.get('payment_method', setup.payment_method as string, 'payment_method');
  if (!succeeded) return failed(setup, method, NOT_AUTHENTICATED, tx);
  markAuthenticated(method.id, tx);
  return { setup: succeed(setup, method, true, tx), error: null };
}

export function setupOf({ setup, error }: SetupAttempt): Setup {
  if (!error) return setup;
  throw new ApiError(error.type === 'card_error' ? 402 : 400, error, { keeps: true });
}

export function cancelSetup(setup: Setup, reason: Setup['cancellation_reason'], tx: Transaction): Setup {
  if (setup.status === 'succeeded' || setup.status === 'canceled') {
    throw unexpected(setup, `You cannot cancel this SetupIntent because it has a status of ${setup.status}.`);
  }
  const after = tx.put({
    ...setup,
    status: 'canceled',
    cancellation_reason: reason,
    next_action: null,
  } satisfies Setup);
  tx.emit('setup_intent.canceled', after);
  return after;
}

function succeed(setup: Setup, method: Stripe.PaymentMethod, authenticated: boolean, tx: Transaction): Setup {
  if (typeof setup.customer === 'string') attached(method, setup.customer, tx);
  const after = tx.put({
    ...attempted(setup, method, { status: 'succeeded', authenticated }, tx),
    status: 'succeeded',
    next_action: null,
    last_setup_error: null,
  } satisfies Setup);
  tx.emit('setup_intent.succeeded', after);
  return after;
}

function failed(setup: Setup, method: Stripe.PaymentMethod, decline: Decline, tx: Transaction): SetupAttempt {
  const type = decline === NOT_AUTHENTICATED ? 'invalid_request_error' : 'card_error';
  const doc_url = `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`;
  const error = { ...decline, type, doc_url, payment_method: method } as const;
  const after = tx.put({
    ...attempted(setup, method, { status: 'failed', error }, tx),
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: error,
  } satisfies Setup);
  tx.emit('setup_intent.setup_failed', after);
  return { setup: after, error: { ...error, setup_intent: after } };
}

const NOT_AUTHENTICATED: Decline = {
  code: 'setup_intent_authentication_failure',
  message:
    'The latest attempt to set up the payment method has failed because authentication failed. You can provide ' +
    'payment_method_data or a new PaymentMethod to attempt to fulfill this SetupIntent again.',
};
