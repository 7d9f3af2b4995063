import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

/** A product with nothing but its name. */
export function newProduct(name: string, tx: Transaction): Stripe.Product {
  return {
    id: tx.id('prod'),
    object: 'product',
    active: true,
    created: tx.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
    updated: tx.now,
    url: null,
  } satisfies Stripe.Product;
}
