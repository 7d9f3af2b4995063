import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { unsettable } from '../../params/kind.ts';
import { currency, flag, integer, oneOf, text, timestamp } from '../../params/scalars.ts';
import { discountsParam } from '../discounts/params.ts';

const collection = oneOf('charge_automatically', 'send_invoice');
const customFields = list(object({ name: text({ max: 40 }), value: text({ max: 140 }) }), { max: 4 });

const shared = {
  auto_advance: flag,
  collection_method: collection,
  custom_fields: unsettable(customFields),
  days_until_due: integer({ min: 0 }),
  default_payment_method: text(),
  description: unsettable(text()),
  discounts: unsettable(discountsParam),
  due_date: timestamp,
  footer: unsettable(text()),
  metadata,
  statement_descriptor: text({ max: 22 }),
  ...notHereYet(
    'account_tax_ids',
    'application_fee_amount',
    'automatic_tax',
    'automatically_finalizes_at',
    'default_source',
    'default_tax_rates',
    'effective_at',
    'issuer',
    'number',
    'on_behalf_of',
    'payment_settings',
    'rendering',
    'shipping_cost',
    'shipping_details',
    'transfer_data',
  ),
};

export const createParams = {
  ...shared,
  currency,
  customer: text(),
  pending_invoice_items_behavior: oneOf('exclude', 'include'),
  subscription: text(),
  ...notHereYet('customer_account', 'from_invoice'),
};

export const updateParams = shared;

export const payParams = {
  forgive: flag,
  off_session: flag,
  paid_out_of_band: flag,
  payment_method: text(),
  ...notHereYet('mandate', 'source'),
};

export const listParams = {
  collection_method: collection,
  status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
  subscription: text(),
  ...notHereYet('customer_account', 'due_date'),
};
