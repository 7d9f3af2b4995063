import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { fullShipping } from '../address.ts';
import { checkAmount } from '../amounts.ts';
import { automaticMethods } from '../automatic-methods.ts';
import { liveCustomer } from '../customers/live.ts';
import { newPaymentMethod, paymentMethodOf } from '../payment-methods/payment-method.ts';
import type { createParams, updateParams } from './params.ts';

export type Intent = Stripe.PaymentIntent;
type Created = Params<typeof createParams>;
type Given = Partial<Params<typeof updateParams>>;

export function newIntent(given: Pick<Created, 'amount' | 'currency'> & Partial<Created>, tx: Transaction): Intent {
  const {
    amount,
    currency,
    capture_method,
    confirmation_method,
    automatic_payment_methods: _automatic,
    ...rest
  } = given;
  const {
    confirm: _,
    off_session: __,
    return_url: ___,
    error_on_requires_action: ____,
    use_stripe_sdk: _____,
    ...more
  } = rest;
  const id = tx.id('pi');
  const blank = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: automaticMethods(given),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${tx.id('x').slice(2)}`,
    confirmation_method: confirmation_method ?? 'automatic',
    created: tx.now,
    currency,
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  } satisfies Intent;
  return withGiven(blank, more, tx);
}

/** What is not given stays; a payment method makes it ready to be confirmed. */
export function withGiven(intent: Intent, given: Given, tx: Transaction): Intent {
  const { payment_method: id, payment_method_data, payment_method_options, shipping, metadata, ...fields } = given;
  if (given.customer !== undefined) liveCustomer(tx, given.customer);
  const changed: Intent = {
    ...intent,
    ...(fields as Partial<Intent>),
    ...(shipping !== undefined && { shipping: shipping && fullShipping(shipping) }),
    ...(payment_method_options?.card && { payment_method_options: withOptions(intent, payment_method_options.card) }),
    metadata: mergeMetadata(intent.metadata, metadata),
  };
  checkAmount(changed.amount, changed.currency);
  const method = payment_method_data
    ? newPaymentMethod(payment_method_data, tx, 'payment_method_data')
    : id !== undefined && paymentMethodOf(id, tx);
  if (!method) return changed;
  refuseDone(intent);
  checkOwner(method, changed);
  return { ...changed, payment_method: method.id, status: 'requires_confirmation', next_action: null };
}

function withOptions({ payment_method_options: before }: Intent, card: object): Intent['payment_method_options'] {
  return { ...before, card: { ...(before?.card as Stripe.PaymentIntent.PaymentMethodOptions.Card), ...card } };
}

function checkOwner({ id, customer }: Stripe.PaymentMethod, intent: Intent): void {
  if (customer === null || customer === intent.customer) return;
  const message =
    intent.customer === null
      ? `The provided PaymentMethod (${id}) belongs to the Customer ${customer}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`
      : `The provided PaymentMethod (${id}) belongs to another Customer than this PaymentIntent's, ${intent.customer}.`;
  throw invalid(message, undefined, 'payment_method');
}

/** What can't be done with an intent in its status. */
export function unexpectedState(intent: Intent, message: string): Error {
  return invalid(message, 'payment_intent_unexpected_state', undefined, { payment_intent: intent });
}

/** One that is done, or that holds money already, is not paid again. */
export function refuseDone(intent: Intent): void {
  const { status } = intent;
  if (status === 'requires_payment_method' || status === 'requires_confirmation' || status === 'requires_action')
    return;
  const why =
    status === 'succeeded'
      ? 'it has already succeeded after being previously confirmed'
      : `it has a status of ${status}`;
  throw unexpectedState(intent, `You cannot confirm this PaymentIntent because ${why}.`);
}
