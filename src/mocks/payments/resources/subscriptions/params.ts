import { unsupported } from '../../api/errors.ts';
import { metadata } from '../../params/common.ts';
import { either, list, notHereYet, object } from '../../params/composed.ts';
import { type ParamKind, required, unsettable } from '../../params/kind.ts';
import { currency, flag, integer, oneOf, text, timestamp } from '../../params/scalars.ts';
import { discountsParam } from '../discounts/params.ts';
import { methodTypes } from '../payment-methods/params.ts';
import { oneTimePriceData, recurringPriceData } from '../prices/params.ts';

export const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');
const paymentBehavior = oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete');

/** `now`, or a time. */
const nowOr: ParamKind<'now' | number> = {
  read: (raw, name) => (raw === 'now' ? raw : timestamp.read(raw, name)),
};

/** A time, or a word for the end of a period that the mock doesn't compute. */
const cancelAt: ParamKind<number> = {
  read(raw, name) {
    if (raw === 'max_billed_until' || raw === 'max_period_end' || raw === 'min_period_end') {
      throw unsupported(`${name}=${raw}`, name);
    }
    return timestamp.read(raw, name);
  },
};

const quantity = integer({ min: 0 });
const item = {
  metadata,
  plan: text(),
  price: text(),
  price_data: recurringPriceData,
  quantity,
  ...notHereYet('billing_thresholds', 'current_trial', 'discounts', 'tax_rates'),
};

const addInvoiceItems = list(
  object({
    price: text(),
    price_data: oneTimePriceData,
    quantity,
    metadata,
    discountable: flag,
    ...notHereYet('discounts', 'period', 'tax_rates'),
  }),
  { max: 20 },
);

const paymentSettings = object({
  payment_method_types: unsettable(methodTypes),
  payment_method_options: object({ card: object({ request_three_d_secure: oneOf('any', 'automatic', 'challenge') }) }),
  save_default_payment_method: oneOf('off', 'on_subscription'),
});

export const trialSettings = object({
  end_behavior: required(
    object({
      missing_payment_method: required(oneOf('cancel', 'create_invoice', 'pause')),
      ...notHereYet('billing_cycle_anchor'),
    }),
  ),
});

/** Why somebody ends a subscription. */
export const feedback = oneOf(
  'customer_service',
  'low_quality',
  'missing_features',
  'other',
  'switched_service',
  'too_complex',
  'too_expensive',
  'unused',
);

export const cancellationDetails = object({
  comment: unsettable(text()),
  feedback: unsettable(feedback),
  ...notHereYet('feedback_option'),
});

const shared = {
  add_invoice_items: addInvoiceItems,
  cancel_at_period_end: flag,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  days_until_due: integer({ min: 0 }),
  default_payment_method: text(),
  discounts: unsettable(discountsParam),
  metadata,
  off_session: flag,
  payment_behavior: paymentBehavior,
  payment_settings: paymentSettings,
  proration_behavior: prorationBehavior,
  trial_end: nowOr,
  trial_from_plan: flag,
  trial_settings: trialSettings,
  ...notHereYet(
    'application_fee_percent',
    'automatic_tax',
    'billing_schedules',
    'billing_thresholds',
    'default_source',
    'default_tax_rates',
    'invoice_settings',
    'on_behalf_of',
    'pending_invoice_item_interval',
    'transfer_data',
  ),
};

export const createParams = {
  ...shared,
  billing_cycle_anchor: timestamp,
  billing_mode: object({ type: required(oneOf('classic', 'flexible')), ...notHereYet('flexible') }),
  cancel_at: cancelAt,
  currency,
  customer: text(),
  description: text({ max: 500 }),
  items: list(object(item), { max: 20 }),
  trial_period_days: integer({ min: 0, max: 730 }),
  ...notHereYet('backdate_start_date', 'billing_cycle_anchor_config', 'customer_account'),
};

const anchorType = oneOf('now', 'unchanged');

export const updateParams = {
  ...shared,
  // Before this version of the API it was the word alone.
  billing_cycle_anchor: either(anchorType, object({ type: required(anchorType) })),
  cancel_at: unsettable(cancelAt),
  cancellation_details: cancellationDetails,
  description: unsettable(text({ max: 500 })),
  items: list(object({ ...item, id: text(), deleted: flag, clear_usage: flag }), { max: 20 }),
  pause_collection: unsettable(
    object({ behavior: required(oneOf('keep_as_draft', 'mark_uncollectible', 'void')), resumes_at: timestamp }),
  ),
  proration_date: timestamp,
};

export const cancelParams = {
  cancellation_details: cancellationDetails,
  invoice_now: flag,
  prorate: flag,
};

export const listParams = {
  collection_method: shared.collection_method,
  price: text(),
  status: oneOf(
    'active',
    'all',
    'canceled',
    'ended',
    'incomplete',
    'incomplete_expired',
    'past_due',
    'paused',
    'trialing',
    'unpaid',
  ),
  test_clock: text(),
  ...notHereYet('automatic_tax', 'current_period_end', 'current_period_start', 'customer_account', 'plan'),
};
