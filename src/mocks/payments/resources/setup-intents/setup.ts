import type { Stripe } from 'stripe';
import { ApiError, type ErrorBody, invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Decline } from '../../cards/declines.ts';
import { cardOf } from '../../cards/test-cards.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';
import { markAuthenticated, needsAuthentication, nextAction } from '../payment-intents/authenticate.ts';
import { attached, refuseUsed } from '../payment-methods/attach.ts';
import { newPaymentMethod, paymentMethodOf } from '../payment-methods/payment-method.ts';
import type { createParams, updateParams } from './params.ts';

export type Setup = Stripe.SetupIntent;
type Created = Params<typeof createParams>;

export function newSetup(given: Created, tx: Transaction): Setup {
  const { automatic_payment_methods, confirm: _, return_url: __, use_stripe_sdk: ___, usage, ...more } = given;
  const automatic = automatic_payment_methods?.enabled ?? true;
  const id = tx.id('seti');
  const blank = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: automatic
      ? { allow_redirects: automatic_payment_methods?.allow_redirects ?? 'always', enabled: true }
      : null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${tx.id('x').slice(2)}`,
    created: tx.now,
    customer: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: usage ?? 'off_session',
  } satisfies Setup;
  return withGiven(blank, more, tx);
}

export function withGiven(setup: Setup, given: Partial<Params<typeof updateParams>>, tx: Transaction): Setup {
  const { payment_method: id, payment_method_data, payment_method_options, metadata, ...fields } = given;
  if (given.customer !== undefined) liveCustomer(tx, given.customer);
  const before = setup.payment_method_options;
  const changed: Setup = {
    ...setup,
    ...(fields as Partial<Setup>),
    ...(payment_method_options?.card && {
      payment_method_options: {
        ...before,
        card: { ...(before?.card as Stripe.SetupIntent.PaymentMethodOptions.Card), ...payment_method_options.card },
      },
    }),
    metadata: mergeMetadata(setup.metadata, metadata),
  };
  const method = payment_method_data
    ? newPaymentMethod(payment_method_data, tx, 'payment_method_data')
    : id !== undefined && paymentMethodOf(id, tx);
  if (method) refuseDone(setup);
  return method
    ? { ...changed, payment_method: method.id, status: 'requires_confirmation', next_action: null }
    : changed;
}

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
    return { setup: succeed(setup, method, tx), error: null };
  }
  const after = tx.put({
    ...setup,
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
  return { setup: succeed(setup, method, tx), error: null };
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

function succeed(setup: Setup, method: Stripe.PaymentMethod, tx: Transaction): Setup {
  if (typeof setup.customer === 'string') attached(method, setup.customer, tx);
  const after = tx.put({ ...setup, status: 'succeeded', next_action: null, last_setup_error: null } satisfies Setup);
  tx.emit('setup_intent.succeeded', after);
  return after;
}

function failed(setup: Setup, method: Stripe.PaymentMethod, decline: Decline, tx: Transaction): SetupAttempt {
  const type = decline === NOT_AUTHENTICATED ? 'invalid_request_error' : 'card_error';
  const doc_url = `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`;
  const error = { ...decline, type, doc_url, payment_method: method } as const;
  const after = tx.put({
    ...setup,
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

/** One that is done is not set up again. */
function refuseDone(setup: Setup): void {
  if (setup.status !== 'succeeded' && setup.status !== 'canceled' && setup.status !== 'processing') return;
  throw unexpected(setup, `You cannot confirm this SetupIntent because it has a status of ${setup.status}.`);
}

function unexpected(setup: Setup, message: string): Error {
  return invalid(message, 'setup_intent_unexpected_state', undefined, { setup_intent: setup });
}
