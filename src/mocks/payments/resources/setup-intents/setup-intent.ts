import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { automaticMethods } from '../automatic-methods.ts';
import { liveCustomer } from '../customers/live.ts';
import { newPaymentMethod, paymentMethodOf } from '../payment-methods/payment-method.ts';
import type { createParams, updateParams } from './params.ts';

export type Setup = Stripe.SetupIntent;
type Created = Params<typeof createParams>;

export function newSetup(given: Created, tx: Transaction): Setup {
  const {
    automatic_payment_methods: _automatic,
    confirm: _,
    return_url: __,
    use_stripe_sdk: ___,
    usage,
    ...more
  } = given;
  const id = tx.id('seti');
  const blank = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: automaticMethods(given),
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

/** One that is done is not set up again. */
export function refuseDone(setup: Setup): void {
  if (setup.status !== 'succeeded' && setup.status !== 'canceled' && setup.status !== 'processing') return;
  throw unexpected(setup, `You cannot confirm this SetupIntent because it has a status of ${setup.status}.`);
}

export function unexpected(setup: Setup, message: string): Error {
  return invalid(message, 'setup_intent_unexpected_state', undefined, { setup_intent: setup });
}
