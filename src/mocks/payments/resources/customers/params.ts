import { address, metadata, shipping } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { required, unsettable } from '../../params/kind.ts';
import { email, flag, integer, oneOf, text } from '../../params/scalars.ts';

const invoiceSettings = object({
  custom_fields: unsettable(
    list(object({ name: required(text({ max: 40 })), value: required(text({ max: 140 })) }), { max: 4 }),
  ),
  default_payment_method: unsettable(text()),
  footer: unsettable(text()),
  ...notHereYet('rendering_options'),
});

const shared = {
  address: unsettable(address),
  balance: integer(),
  business_name: unsettable(text({ max: 150 })),
  description: unsettable(text()),
  email: unsettable(email),
  individual_name: unsettable(text({ max: 150 })),
  invoice_prefix: text({ max: 12 }),
  invoice_settings: invoiceSettings,
  metadata,
  name: unsettable(text({ max: 256 })),
  next_invoice_sequence: integer({ min: 1 }),
  phone: unsettable(text({ max: 20 })),
  preferred_locales: list(text()),
  shipping: unsettable(shipping),
  tax_exempt: unsettable(oneOf('exempt', 'none', 'reverse')),
  validate: flag,
  ...notHereYet('cash_balance', 'tax', 'source'),
};

export const createParams = {
  ...shared,
  payment_method: text(),
  test_clock: text(),
  ...notHereYet('tax_id_data'),
};
export const updateParams = { ...shared, ...notHereYet('default_source') };
