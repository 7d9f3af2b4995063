import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { createPrice } from '../prices/price.ts';
import { createParams, listParams, updateParams } from './params.ts';
import { liveProduct, newProduct, withGiven } from './product.ts';

/** https://docs.stripe.com/api/products */
export const products: Resource = {
  routes: [
    route('POST', '/v1/products', createParams, ({ params, tx }) => {
      const product = tx.put(newProduct(params, tx));
      const first = params.default_price_data;
      if (!first) {
        tx.emit('product.created', product);
        return product;
      }
      const price = createPrice({ ...first, product: product.id }, tx);
      const priced = tx.put({ ...product, default_price: price.id });
      tx.emit('product.created', priced);
      tx.emit('price.created', price);
      return priced;
    }),
    listRoute('/v1/products', 'product', {
      by: ['active', 'shippable', 'type', 'url'] as never,
      more: listParams,
      shown: ({ id }, { params }) => {
        const { ids } = params as { readonly ids?: readonly string[] };
        return ids?.includes(id) ?? true;
      },
    }),
    route('GET', '/v1/products/:id', {}, ({ id, tx }) => tx.get('product', id)),
    route('POST', '/v1/products/:id', updateParams, ({ id, params, tx }) => {
      const product = liveProduct(tx, id, 'id');
      if (params.default_price) checkDefaultPrice(product, params, tx);
      return tx.update('product.updated', product, withGiven(product, params, tx));
    }),
    route('DELETE', '/v1/products/:id', {}, ({ id, tx }) => {
      const product = liveProduct(tx, id, 'id');
      for (const _ of tx.where('price', 'product', id)) {
        throw invalid('This product cannot be deleted because it has one or more user-created prices.');
      }
      tx.emit('product.deleted', product);
      return tx.put({ id, object: 'product', deleted: true } satisfies Stripe.DeletedProduct);
    }),
  ],
};

function checkDefaultPrice(
  { id }: Stripe.Product,
  { default_price }: Params<typeof updateParams>,
  tx: Transaction,
): void {
  const price = tx.get('price', default_price as string, 'default_price');
  if (price.product === id) return;
  throw invalid(`The price ${price.id} does not belong to the product ${id}.`, undefined, 'default_price');
}
