import { listRoute, wholeList } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { metadata, shipping } from '../../params/common.ts';
import { notHereYet } from '../../params/composed.ts';
import { text } from '../../params/scalars.ts';
import { fullShipping } from '../address.ts';

const updateParams = {
  customer: text(),
  description: text(),
  metadata,
  receipt_email: text(),
  shipping,
  transfer_group: text(),
  ...notHereYet('fraud_details'),
};

/** https://docs.stripe.com/api/charges, as payment intents make them. */
export const charges: Resource = {
  routes: [
    listRoute('/v1/charges', 'charge', { by: ['payment_intent', 'customer'], more: notHereYet('transfer_group') }),
    route('GET', '/v1/charges/:id', {}, ({ id, tx }) => tx.get('charge', id)),
    route('POST', '/v1/charges/:id', updateParams, ({ id, params, tx }) => {
      const charge = tx.get('charge', id);
      const { metadata: given, shipping: address, ...fields } = params;
      return tx.update('charge.updated', charge, {
        ...charge,
        ...fields,
        ...(address && { shipping: fullShipping(address) }),
        metadata: mergeMetadata(charge.metadata, given),
      });
    }),
  ],
  included: {
    charge: {
      refunds: ({ id }, tx) => wholeList(tx.where('refund', 'charge', id), `/v1/charges/${id}/refunds`),
    },
  },
};
