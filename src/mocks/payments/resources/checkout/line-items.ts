import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { amountFor } from '../../billing/amounts.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { priceOf } from '../prices/price-data.ts';
import { priced } from '../prices/tiers.ts';
import type { createParams } from './params.ts';

type Given = NonNullable<Params<typeof createParams>['line_items']>[number];

/** What is sold: https://docs.stripe.com/api/checkout/sessions/line_items */
export function newLineItem(given: Given, place: number, tx: Transaction): Stripe.LineItem {
  const param = `line_items[${place}]`;
  const price = given.price_data
    ? priceOf(given.price_data, tx, `${param}[price_data]`)
    : usablePrice(given.price, tx, `${param}[price]`);
  if (given.quantity === undefined) throw missingParameter(`${param}[quantity]`);
  const product = tx.find('product', price.product as string);
  const amount = amountFor(priced(price, tx), given.quantity);
  return {
    id: tx.id('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: product && !product.deleted ? product.name : null,
    metadata: mergeMetadata(null, given.metadata),
    price,
    quantity: given.quantity,
  } satisfies Stripe.LineItem;
}

function usablePrice(id: string | undefined, tx: Transaction, param: string): Stripe.Price {
  if (id === undefined) throw missingParameter(param);
  const price = tx.get('price', id, param);
  if (price.active) return price;
  throw invalid(`The price specified is inactive. This field only accepts active prices.`, 'price_inactive', param);
}

/** All in one currency, and of the kind that the mode takes. */
export function checkItems(items: readonly Stripe.LineItem[], mode: string): void {
  const [first] = items;
  if (!first) throw missingParameter('line_items');
  if (items.some(({ currency }) => currency !== first.currency)) {
    throw invalid('All line items of a Checkout Session must have the same currency.', undefined, 'line_items');
  }
  const isRecurring = items.some(({ price }) => price?.type === 'recurring');
  if (mode === 'payment' && isRecurring) {
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
    );
  }
  if (mode === 'subscription' && !isRecurring) {
    throw invalid('You must provide at least one recurring price in `subscription` mode when using prices.');
  }
}
