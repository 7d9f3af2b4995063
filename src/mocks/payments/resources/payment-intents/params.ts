import { metadata, shipping } from '../../params/common.ts';
import { either, notHereYet, object } from '../../params/composed.ts';
import { required, unsettable } from '../../params/kind.ts';
import { currency, email, flag, integer, oneOf, text, url } from '../../params/scalars.ts';
import { methodData, methodTypes } from '../payment-methods/params.ts';

const amount = integer({ min: 1 });
const captureMethod = oneOf('automatic', 'automatic_async', 'manual');
const futureUsage = oneOf('off_session', 'on_session');

/** What of the options for cards the mock does something with. */
export const methodOptions = object({
  card: object({
    request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
    setup_future_usage: unsettable(oneOf('none', 'off_session', 'on_session')),
    ...notHereYet(
      'capture_method',
      'installments',
      'mandate_options',
      'moto',
      'network',
      'statement_descriptor_suffix_kana',
    ),
  }),
});

/** What a confirmation takes, also one that comes with the creation. */
const confirming = {
  allowed_payment_method_types: methodTypes,
  error_on_requires_action: flag,
  off_session: either(flag, object({ ...notHereYet('type') })),
  payment_method: text(),
  payment_method_data: methodData,
  payment_method_options: unsettable(methodOptions),
  receipt_email: unsettable(email),
  return_url: url,
  setup_future_usage: unsettable(futureUsage),
  shipping: unsettable(shipping),
  use_stripe_sdk: flag,
  ...notHereYet(
    'amount_details',
    'confirmation_token',
    'excluded_payment_method_types',
    'hooks',
    'mandate',
    'mandate_data',
    'payment_details',
    'radar_options',
  ),
};

const describing = {
  customer: text(),
  description: text({ max: 1000 }),
  metadata,
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  transfer_group: text(),
  ...notHereYet('application_fee_amount', 'customer_account', 'payment_method_configuration', 'transfer_data'),
};

export const createParams = {
  ...confirming,
  ...describing,
  amount: required(amount),
  currency: required(currency),
  automatic_payment_methods: object({ enabled: required(flag), allow_redirects: oneOf('always', 'never') }),
  capture_method: captureMethod,
  confirm: flag,
  confirmation_method: oneOf('automatic', 'manual'),
  ...notHereYet('on_behalf_of'),
};

const { error_on_requires_action: _, off_session: __, return_url: ___, use_stripe_sdk: ____, ...methods } = confirming;
export const updateParams = { ...methods, ...describing, amount, currency, capture_method: captureMethod };

export const confirmParams = {
  ...confirming,
  capture_method: captureMethod,
  client_secret: text(),
  ...notHereYet('amount_to_confirm'),
};

export const captureParams = {
  amount_to_capture: amount,
  metadata,
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  ...notHereYet(
    'amount_details',
    'application_fee_amount',
    'final_capture',
    'hooks',
    'payment_details',
    'transfer_data',
  ),
};

export const cancelParams = {
  cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
};
