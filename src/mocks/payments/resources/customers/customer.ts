import type { Stripe } from 'stripe';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { fullAddress, fullShipping } from '../address.ts';
import type { createParams, updateParams } from './params.ts';

type Given = Params<typeof createParams> & Params<typeof updateParams>;

export function newCustomer(given: Params<typeof createParams>, tx: Transaction): Stripe.Customer {
  const id = tx.id('cus');
  const blank = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: tx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    // Stripe's are eight letters and digits that it makes up.
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Stripe.Customer;
  return withGiven(blank, given);
}

/** What is not given stays. */
export function withGiven(customer: Stripe.Customer, given: Partial<Given>): Stripe.Customer {
  const {
    address,
    shipping,
    metadata,
    invoice_settings,
    tax_exempt,
    validate: _,
    payment_method: __,
    ...fields
  } = given;
  return {
    ...customer,
    ...(fields as Partial<Stripe.Customer>),
    ...(address !== undefined && { address: address && fullAddress(address) }),
    ...(shipping !== undefined && { shipping: shipping && fullShipping(shipping) }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? 'none' }),
    invoice_settings: { ...customer.invoice_settings, ...invoice_settings },
    metadata: mergeMetadata(customer.metadata, metadata),
  };
}
