import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { createParams, listParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/shipping_rates */
export const shippingRates: Resource = {
  routes: [
    route('POST', '/v1/shipping_rates', createParams, ({ params, tx }) => newShippingRate(params, tx)),
    listRoute('/v1/shipping_rates', 'shipping_rate', {
      by: ['active'],
      more: listParams,
      shown: ({ fixed_amount }, { params }) => {
        const { currency } = params as Params<typeof listParams>;
        return currency === undefined || fixed_amount?.currency === currency;
      },
    }),
    route('GET', '/v1/shipping_rates/:id', {}, ({ id, tx }) => tx.get('shipping_rate', id)),
    route('POST', '/v1/shipping_rates/:id', updateParams, ({ id, params, tx }) => {
      const { metadata, ...fields } = params;
      const rate = tx.get('shipping_rate', id);
      return tx.put({ ...rate, ...fields, metadata: mergeMetadata(rate.metadata, metadata) });
    }),
  ],
};

/** Stripe tells no event of them. */
export function newShippingRate(given: Params<typeof createParams>, tx: Transaction): Stripe.ShippingRate {
  const { maximum = null, minimum = null } = given.delivery_estimate ?? {};
  return tx.put({
    id: tx.id('shr'),
    object: 'shipping_rate',
    active: true,
    created: tx.now,
    delivery_estimate: given.delivery_estimate ? { maximum, minimum } : null,
    display_name: given.display_name,
    fixed_amount: given.fixed_amount,
    livemode: false,
    metadata: mergeMetadata({}, given.metadata),
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tax_code: null,
    type: 'fixed_amount',
  } satisfies Stripe.ShippingRate);
}
