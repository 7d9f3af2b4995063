import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { required, unsettable } from '../../params/kind.ts';
import { currency, decimal, flag, integer, oneOf, text, url } from '../../params/scalars.ts';
import { recurringData } from '../prices/params.ts';

const features = list(object({ name: required(text({ max: 80 })) }), { max: 15 });
const images = list(url, { max: 8 });
const dimensions = object({
  height: required(decimal),
  length: required(decimal),
  weight: required(decimal),
  width: required(decimal),
});

const shared = {
  active: flag,
  metadata,
  shippable: flag,
  statement_descriptor: text({ max: 22 }),
  ...notHereYet('tax_details'),
};

export const createParams = {
  ...shared,
  id: text(),
  name: required(text()),
  description: text({ max: 40_000 }),
  images,
  marketing_features: features,
  package_dimensions: dimensions,
  tax_code: text(),
  type: oneOf('good', 'service'),
  unit_label: text({ max: 12 }),
  url,
  default_price_data: object({
    currency: required(currency),
    unit_amount: integer({ min: 0 }),
    unit_amount_decimal: decimal,
    recurring: recurringData,
    metadata,
    tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
    ...notHereYet('currency_options', 'custom_unit_amount'),
  }),
};

export const updateParams = {
  ...shared,
  name: text(),
  default_price: unsettable(text()),
  description: unsettable(text({ max: 40_000 })),
  images: unsettable(images),
  marketing_features: unsettable(features),
  package_dimensions: unsettable(dimensions),
  tax_code: unsettable(text()),
  unit_label: unsettable(text({ max: 12 })),
  url: unsettable(url),
};

export const listParams = {
  active: flag,
  ids: list(text(), { max: 100 }),
  shippable: flag,
  type: oneOf('good', 'service'),
  url: text(),
};
