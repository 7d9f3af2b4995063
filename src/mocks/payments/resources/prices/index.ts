import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Params } from '../../params/kind.ts';
import { createParams, listParams, updateParams } from './params.ts';
import { claimLookupKey, createPrice } from './price.ts';
import { tiersOf } from './tiers.ts';

/** https://docs.stripe.com/api/prices */
export const prices: Resource = {
  routes: [
    route('POST', '/v1/prices', createParams, ({ params, tx }) => {
      const price = createPrice(params, tx);
      tx.emit('price.created', price);
      return price;
    }),
    listRoute('/v1/prices', 'price', {
      by: ['product', 'active', 'type', 'currency'],
      more: listParams,
      shown: (price, { params }) => isAskedFor(price, params as Params<typeof listParams>),
    }),
    route('GET', '/v1/prices/:id', {}, ({ id, tx }) => tx.get('price', id)),
    route('POST', '/v1/prices/:id', updateParams, ({ id, params, tx }) => {
      const price = tx.get('price', id);
      const { transfer_lookup_key = false, metadata, ...fields } = params;
      if (fields.lookup_key && fields.lookup_key !== price.lookup_key) {
        claimLookupKey(fields.lookup_key, transfer_lookup_key, tx);
      }
      return tx.update('price.updated', price, {
        ...price,
        ...fields,
        metadata: mergeMetadata(price.metadata, metadata),
      });
    }),
  ],
  included: {
    price: {
      tiers: (price, tx) => tiersOf(price, tx),
      currency_options: ({ currency, custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal }) => ({
        [currency]: { custom_unit_amount, tax_behavior, unit_amount, unit_amount_decimal },
      }),
    },
  },
};

function isAskedFor(price: Stripe.Price, { lookup_keys, recurring }: Params<typeof listParams>): boolean {
  if (lookup_keys && !lookup_keys.includes(price.lookup_key ?? '')) return false;
  if (recurring?.interval && price.recurring?.interval !== recurring.interval) return false;
  return !recurring?.usage_type || price.recurring?.usage_type === recurring.usage_type;
}
