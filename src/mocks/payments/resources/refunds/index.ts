import { invalid } from '../../api/errors.ts';
import { listRoute, page } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { metadata, pagination } from '../../params/common.ts';
import { notHereYet } from '../../params/composed.ts';
import { integer, oneOf, text } from '../../params/scalars.ts';
import { refund } from './refund.ts';

export const createParams = {
  amount: integer({ min: 1 }),
  charge: text(),
  metadata,
  payment_intent: text(),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  ...notHereYet('currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer'),
};

/** https://docs.stripe.com/api/refunds */
export const refunds: Resource = {
  routes: [
    route('POST', '/v1/refunds', createParams, ({ params, tx }) => refund(params, tx)),
    listRoute('/v1/refunds', 'refund', { by: ['charge', 'payment_intent'] }),
    route('GET', '/v1/refunds/:id', {}, ({ id, tx }) => tx.get('refund', id)),
    route('POST', '/v1/refunds/:id', { metadata }, ({ id, params, tx }) => {
      const before = tx.get('refund', id);
      const after = { ...before, metadata: mergeMetadata(before.metadata, params.metadata) };
      tx.update('refund.updated', before, after);
      return after;
    }),
    route('POST', '/v1/refunds/:id/cancel', {}, ({ id, tx }) => {
      const { status } = tx.get('refund', id);
      throw invalid(`You can only cancel refunds with a status of requires_action; this one is ${status}.`);
    }),
    route('GET', '/v1/charges/:id/refunds', pagination, ({ id, params, path, tx }) =>
      page(tx.where('refund', 'charge', tx.get('charge', id).id), params, path),
    ),
  ],
};
