import { metadata } from '../../params/common.ts';
import { notHereYet, object } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { flag, oneOf, text, url } from '../../params/scalars.ts';
import { methodData, methodTypes } from '../payment-methods/params.ts';

const methodOptions = object({
  card: object({
    request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
    ...notHereYet('mandate_options', 'moto', 'network', 'three_d_secure'),
  }),
});

const confirming = {
  allowed_payment_method_types: methodTypes,
  payment_method: text(),
  payment_method_data: methodData,
  payment_method_options: methodOptions,
  return_url: url,
  use_stripe_sdk: flag,
  ...notHereYet('confirmation_token', 'mandate_data'),
};

const describing = {
  customer: text(),
  description: text({ max: 1000 }),
  metadata,
  ...notHereYet(
    'attach_to_self',
    'customer_account',
    'excluded_payment_method_types',
    'flow_directions',
    'payment_method_configuration',
  ),
};

export const createParams = {
  ...confirming,
  ...describing,
  automatic_payment_methods: object({ enabled: required(flag), allow_redirects: oneOf('always', 'never') }),
  confirm: flag,
  usage: oneOf('off_session', 'on_session'),
  ...notHereYet('on_behalf_of', 'single_use'),
};

const { return_url: _, use_stripe_sdk: __, ...methods } = confirming;
export const updateParams = { ...methods, ...describing };
export const confirmParams = { ...confirming, client_secret: text() };
export const cancelParams = { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') };
export const listFilters = { payment_method: text(), ...notHereYet('attach_to_self', 'customer_account') };
