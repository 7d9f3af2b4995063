import type { Stripe } from 'stripe';
import { missing } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { createParams, updateParams } from './params.ts';

type Given = Params<typeof createParams> & Params<typeof updateParams>;

const EMPTY_ADDRESS: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

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
    ...(address !== undefined && { address: address && { ...EMPTY_ADDRESS, ...address } }),
    ...(shipping !== undefined && { shipping: shipping && fullShipping(shipping) }),
    ...(tax_exempt !== undefined && { tax_exempt: tax_exempt ?? 'none' }),
    invoice_settings: { ...customer.invoice_settings, ...invoice_settings },
    metadata: mergeMetadata(customer.metadata, metadata),
  };
}

export function fullShipping(given: NonNullable<Given['shipping']>): Stripe.Customer.Shipping {
  const { address, name, phone = null, carrier = null, tracking_number = null } = given;
  return {
    address: { ...EMPTY_ADDRESS, ...address },
    name: name ?? '',
    phone,
    carrier,
    tracking_number,
  } as Stripe.Customer.Shipping;
}

/** One that wasn't deleted. */
export function liveCustomer(tx: Transaction, id: string, param = 'customer'): Stripe.Customer {
  const customer = tx.get('customer', id, param);
  if (customer.deleted) throw missing('customer', id, param);
  return customer;
}
