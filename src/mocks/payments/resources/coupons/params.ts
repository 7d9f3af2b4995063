import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { currency, decimal, integer, oneOf, text, timestamp } from '../../params/scalars.ts';

export const createParams = {
  id: text(),
  amount_off: integer({ min: 1 }),
  applies_to: object({ products: list(text()) }),
  currency,
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer({ min: 1 }),
  max_redemptions: integer({ min: 1 }),
  metadata,
  name: text({ max: 40 }),
  percent_off: decimal,
  redeem_by: timestamp,
  ...notHereYet('currency_options'),
};

export const updateParams = { metadata, name: text({ max: 40 }), ...notHereYet('currency_options') };
