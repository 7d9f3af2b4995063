import { metadata } from '../../params/common.ts';
import { notHereYet, object } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { currency, decimal, flag, integer, text, timestamp } from '../../params/scalars.ts';
import { oneTimePriceData } from '../prices/params.ts';

const shared = {
  amount: integer(),
  description: text(),
  discountable: flag,
  metadata,
  period: object({ start: required(timestamp), end: required(timestamp) }),
  price_data: oneTimePriceData,
  pricing: object({ price: text() }),
  quantity: integer({ min: 0 }),
  unit_amount_decimal: decimal,
  ...notHereYet('discounts', 'quantity_decimal', 'tax_behavior', 'tax_code', 'tax_rates'),
};

export const createParams = {
  ...shared,
  currency,
  customer: text(),
  invoice: text(),
  subscription: text(),
  ...notHereYet('customer_account'),
};

export const updateParams = shared;

export const listParams = { pending: flag, ...notHereYet('customer_account') };
