import type { Stripe } from 'stripe';
import type { address, shipping } from '../params/common.ts';
import type { Of } from '../params/kind.ts';

/** The fields of an address, and what they are called. */
export const ADDRESS = {
  line1: 'Address',
  line2: 'Address, second line',
  postal_code: 'Postal code',
  city: 'City',
  state: 'State',
  country: 'Country (two letters)',
} as const;

const EMPTY: Stripe.Address = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** Stripe shows all fields of an address. */
export function fullAddress(given: Of<typeof address>): Stripe.Address {
  return { ...EMPTY, ...given };
}

/** To whom something is sent. */
export function fullShipping(given: Of<typeof shipping>): Stripe.Customer.Shipping & Stripe.PaymentIntent.Shipping {
  const { address, name, phone = null, carrier = null, tracking_number = null } = given;
  return { address: fullAddress(address ?? {}), name: name ?? '', phone: phone as string, carrier, tracking_number };
}
