import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { metadata } from '../../params/common.ts';
import { list, notHereYet, object } from '../../params/composed.ts';
import { type Of, required, unsettable } from '../../params/kind.ts';
import { currency, decimal, integer, oneOf, text, url } from '../../params/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';
import { newProduct } from '../products/product.ts';
import { createPrice } from './price.ts';

const productData = object({
  name: required(text()),
  description: unsettable(text()),
  images: list(url, { max: 8 }),
  metadata,
  unit_label: text(),
  tax_code: text(),
  ...notHereYet('tax_details'),
});

/** A price that is made where it is used. */
export const priceData = object({
  currency: required(currency),
  product: text(),
  product_data: productData,
  recurring: object({ interval: required(oneOf('day', 'month', 'week', 'year')), interval_count: integer({ min: 1 }) }),
  tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
  unit_amount: integer({ min: 0 }),
  unit_amount_decimal: decimal,
});

type PriceData = Of<typeof priceData>;

/** The price, and with it its product where that was described rather than named. */
export function priceOf(data: PriceData, tx: Transaction, param: string): Stripe.Price {
  const { product: _, product_data: __, ...rest } = data;
  if (rest.unit_amount === undefined && rest.unit_amount_decimal === undefined) {
    throw invalid(
      `You must specify either \`unit_amount\` or \`unit_amount_decimal\`.`,
      'parameter_missing',
      `${param}[unit_amount]`,
    );
  }
  // One that was made on the fly can't be used again.
  return createPrice({ ...rest, product: productOf(data, tx, param).id, active: false }, tx);
}

function productOf({ product, product_data }: PriceData, tx: Transaction, param: string): Stripe.Product {
  if (product !== undefined) {
    const found = tx.get('product', product, `${param}[product]`);
    if (!found.deleted) return found;
    throw invalid(`Product ${product} has been deleted.`, 'resource_missing', `${param}[product]`);
  }
  if (!product_data) {
    throw invalid(
      'You must specify either `product` or `product_data`.',
      'parameter_missing',
      `${param}[product_data]`,
    );
  }
  const { name, metadata: given, ...fields } = product_data;
  return tx.put({ ...newProduct({ name }, tx), ...fields, active: false, metadata: mergeMetadata(null, given) });
}
