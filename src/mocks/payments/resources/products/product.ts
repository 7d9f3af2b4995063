import type { Stripe } from 'stripe';
import { invalid, missing } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { createParams, updateParams } from './params.ts';

type Given = Params<typeof updateParams> & Partial<Omit<Params<typeof createParams>, keyof typeof updateParams>>;

export function newProduct(given: Params<typeof createParams>, tx: Transaction): Stripe.Product {
  const id = given.id ?? tx.id('prod');
  if (tx.find('product', id)) throw invalid('Product already exists.', 'resource_already_exists', 'id');
  const blank = {
    id,
    object: 'product',
    active: true,
    created: tx.now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: {},
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: given.type ?? 'service',
    unit_label: null,
    updated: tx.now,
    url: null,
  } satisfies Stripe.Product;
  return withGiven(blank, given, tx);
}

/** What is not given stays. */
export function withGiven(product: Stripe.Product, given: Given, tx: Transaction): Stripe.Product {
  const { id: _, metadata, images, marketing_features, package_dimensions, default_price_data: __, ...fields } = given;
  return {
    ...product,
    ...(fields as Partial<Stripe.Product>),
    ...(images !== undefined && { images: [...(images ?? [])] }),
    ...(marketing_features !== undefined && { marketing_features: [...(marketing_features ?? [])] }),
    ...(package_dimensions !== undefined && { package_dimensions: package_dimensions && numbered(package_dimensions) }),
    metadata: mergeMetadata(product.metadata, metadata),
    updated: tx.now,
  };
}

/** One that wasn't deleted. */
export function liveProduct(tx: Transaction, id: string, param = 'product'): Stripe.Product {
  const product = tx.get('product', id, param);
  if (product.deleted) throw missing('product', id, param);
  return product;
}

function numbered(dimensions: Readonly<Record<string, string>>): Stripe.Product.PackageDimensions {
  const entries = Object.entries(dimensions).map(([name, value]) => [name, Number(value)]);
  return Object.fromEntries(entries) as Stripe.Product.PackageDimensions;
}
