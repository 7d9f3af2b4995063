import { metadata } from '../../params/common.ts';
import { notHereYet, object } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { currency, flag, integer, oneOf, text, timestamp } from '../../params/scalars.ts';

export const createParams = {
  promotion: required(object({ coupon: required(text()), type: required(oneOf('coupon')) })),
  active: flag,
  code: text({ max: 500 }),
  customer: text(),
  expires_at: timestamp,
  max_redemptions: integer({ min: 1 }),
  metadata,
  restrictions: object({
    first_time_transaction: flag,
    minimum_amount: integer({ min: 1 }),
    minimum_amount_currency: currency,
    ...notHereYet('currency_options'),
  }),
  ...notHereYet('customer_account'),
};

export const updateParams = { active: flag, metadata, ...notHereYet('restrictions') };

export const listParams = { active: flag, code: text(), coupon: text() };
