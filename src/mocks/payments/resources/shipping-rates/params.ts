import { metadata } from '../../params/common.ts';
import { notHereYet, object } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { currency, flag, integer, oneOf, text } from '../../params/scalars.ts';

const duration = object({
  unit: required(oneOf('business_day', 'day', 'hour', 'month', 'week')),
  value: required(integer({ min: 1 })),
});

export const createParams = {
  delivery_estimate: object({ maximum: duration, minimum: duration }),
  display_name: required(text({ max: 100 })),
  fixed_amount: required(
    object({ amount: required(integer({ min: 0 })), currency: required(currency), ...notHereYet('currency_options') }),
  ),
  metadata,
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  type: oneOf('fixed_amount'),
  ...notHereYet('tax_code'),
};

export const updateParams = { active: flag, metadata, ...notHereYet('fixed_amount', 'tax_behavior') };

export const listParams = { active: flag, currency };
