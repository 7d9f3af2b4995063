import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { type ParamKind, required } from '../../params/kind.ts';
import { currency, decimal, flag, integer, oneOf, text } from '../../params/scalars.ts';

const interval = oneOf('day', 'month', 'week', 'year');
const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified');

/** Of a price that is made in passing. */
export const recurringData = object({ interval: required(interval), interval_count: integer({ min: 1 }) });

/** A price that is made where it is used, for things that are paid once. */
export const oneTimePriceData = object({
  currency: required(currency),
  product: required(text()),
  unit_amount: integer(),
  unit_amount_decimal: decimal,
  tax_behavior: taxBehavior,
});

/** The same for what is paid again and again. */
export const recurringPriceData = object({
  currency: required(currency),
  product: required(text()),
  recurring: required(recurringData),
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal,
  tax_behavior: taxBehavior,
});

const shared = {
  active: flag,
  lookup_key: text({ max: 200 }),
  metadata,
  nickname: text(),
  tax_behavior: taxBehavior,
  transfer_lookup_key: flag,
  ...notHereYet('currency_options'),
};

/** Up to which quantity, that included. */
const upTo: ParamKind<number | 'inf'> = {
  read: (raw, name) => (raw === 'inf' ? raw : integer({ min: 1 }).read(raw, name)),
};

const tier = object({
  flat_amount: integer({ min: 0 }),
  flat_amount_decimal: decimal,
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal,
  up_to: required(upTo),
});

export const createParams = {
  ...shared,
  currency: required(currency),
  product: text(),
  product_data: object({
    active: flag,
    id: text(),
    metadata,
    name: required(text()),
    statement_descriptor: text({ max: 22 }),
    tax_code: text(),
    unit_label: text({ max: 12 }),
    ...notHereYet('tax_details'),
  }),
  recurring: object({
    interval: required(interval),
    interval_count: integer({ min: 1 }),
    trial_period_days: integer({ min: 1 }),
    usage_type: oneOf('licensed', 'metered'),
    ...notHereYet('meter'),
  }),
  billing_scheme: oneOf('per_unit', 'tiered'),
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal,
  tiers: list(tier),
  tiers_mode: oneOf('graduated', 'volume'),
  ...notHereYet('custom_unit_amount', 'transform_quantity'),
};

export const updateParams = shared;

export const listParams = {
  active: flag,
  lookup_keys: list(text(), { max: 10 }),
  recurring: object({ interval, usage_type: oneOf('licensed', 'metered'), ...notHereYet('meter') }),
  type: oneOf('one_time', 'recurring'),
};
