import type { Stripe } from 'stripe';
import { badParameter, unsupported } from '../../api/errors.ts';
import { metadata, shipping } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { type ParamKind, required, unsettable } from '../../params/kind.ts';
import { currency, email, flag, integer, oneOf, text, timestamp, url } from '../../params/scalars.ts';
import { methodTypes } from '../payment-methods/params.ts';
import { priceData } from '../prices/price-data.ts';
import { createParams as shippingRateData } from '../shipping-rates/params.ts';
import { trialSettings } from '../subscriptions/params.ts';

/** ISO 3166-1, two letters. */
const country: ParamKind<Stripe.Checkout.SessionCreateParams.ShippingAddressCollection.AllowedCountry> = {
  read(raw, name) {
    if (typeof raw === 'string' && /^[A-Z]{2}$/.test(raw)) return raw as 'DE';
    throw badParameter(`Invalid ${name}: must be a two-letter country code`, name);
  },
};

const lineItem = object({
  metadata,
  price: text(),
  price_data: priceData,
  quantity: integer({ min: 1 }),
  ...notHereYet('adjustable_quantity', 'tax_rates'),
});

const intentData = object({
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  description: text({ max: 1000 }),
  metadata,
  receipt_email: email,
  setup_future_usage: oneOf('off_session', 'on_session'),
  shipping,
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  transfer_group: text(),
  ...notHereYet('application_fee_amount', 'on_behalf_of', 'transfer_data'),
});

const message = unsettable(object({ message: required(text({ max: 1200 })) }));
const customText = object({
  after_submit: message,
  shipping_address: message,
  submit: message,
  ...notHereYet('terms_of_service_acceptance'),
});

/** Only the page of the mock; forms within the app's own page need Stripe.js, which takes no minted keys. */
const uiMode: ParamKind<'hosted_page'> = {
  read(raw, name) {
    if (raw === 'hosted_page') return raw;
    if (raw === 'elements' || raw === 'embedded_page' || raw === 'form') {
      throw unsupported(`checkout sessions of ui_mode ${raw}`, name);
    }
    throw badParameter(`Invalid ${name}: must be one of elements, embedded_page, form or hosted_page`, name);
  },
};

/** Without tax there is nothing to compute. */
const switchedOff: ParamKind<{ readonly enabled: false }> = {
  read(raw, name) {
    const { enabled } = object({ enabled: required(flag) }).read(raw, name);
    if (!enabled) return { enabled };
    throw unsupported(`the parameter ${name}[enabled]=true`, name);
  },
};

export const createParams = {
  allow_promotion_codes: flag,
  allowed_payment_method_types: methodTypes,
  automatic_tax: switchedOff,
  billing_address_collection: oneOf('auto', 'required'),
  cancel_url: url,
  client_reference_id: text({ max: 200 }),
  currency,
  custom_text: customText,
  customer: text(),
  customer_creation: oneOf('always', 'if_required'),
  customer_email: email,
  discounts: list(object({ coupon: text(), promotion_code: text() }), { max: 1 }),
  expires_at: timestamp,
  invoice_creation: switchedOff,
  line_items: list(lineItem),
  locale: text(),
  metadata,
  mode: required(oneOf('payment', 'setup', 'subscription')),
  payment_intent_data: intentData,
  payment_method_collection: oneOf('always', 'if_required'),
  phone_number_collection: object({ enabled: required(flag) }),
  setup_intent_data: object({ description: text({ max: 1000 }), metadata, ...notHereYet('on_behalf_of') }),
  subscription_data: object({
    description: text({ max: 500 }),
    metadata,
    trial_end: timestamp,
    trial_period_days: integer({ min: 1, max: 730 }),
    trial_settings: trialSettings,
    ...notHereYet(
      'application_fee_percent',
      'billing_cycle_anchor',
      'billing_mode',
      'default_tax_rates',
      'invoice_settings',
      'on_behalf_of',
      'proration_behavior',
      'transfer_data',
    ),
  }),
  shipping_address_collection: object({ allowed_countries: required(list(country, { max: 300 })) }),
  shipping_options: list(object({ shipping_rate: text(), shipping_rate_data: object(shippingRateData) }), { max: 5 }),
  submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'),
  success_url: required(url),
  tax_id_collection: switchedOff,
  ui_mode: uiMode,
  ...notHereYet(
    'adaptive_pricing',
    'after_expiration',
    'branding_settings',
    'consent_collection',
    'custom_fields',
    'customer_account',
    'customer_update',
    'excluded_payment_method_types',
    'integration_identifier',
    'managed_payments',
    'name_collection',
    'optional_items',
    'origin_context',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'permissions',
    'redirect_on_completion',
    'return_url',
    'saved_payment_method_options',
    'wallet_options',
  ),
};

export const updateParams = {
  metadata,
  ...notHereYet('collected_information', 'line_items', 'payment_intent_data', 'shipping_options'),
};

export const listFilters = {
  status: oneOf('complete', 'expired', 'open'),
  customer_details: object({ email: required(text()) }),
  ...notHereYet('customer_account', 'payment_link', 'subscription'),
};
