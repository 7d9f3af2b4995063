import { invalid, missing } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { type Resource, route } from '../../api/route.ts';
import { notHereYet } from '../../params/composed.ts';
import { required } from '../../params/kind.ts';
import { oneOf, text } from '../../params/scalars.ts';
import { liveCustomer } from '../customers/live.ts';
import { attach, detach } from './attach.ts';
import { createParams, methodType, updateParams } from './params.ts';
import { newPaymentMethod, paymentMethodOf, withBilling } from './payment-method.ts';

const filters = { type: methodType, allow_redisplay: oneOf('always', 'limited', 'unspecified') };

/** https://docs.stripe.com/api/payment_methods */
export const paymentMethods: Resource = {
  routes: [
    route('POST', '/v1/payment_methods', createParams, ({ params, tx }) => newPaymentMethod(params, tx), {
      publishable: true,
    }),
    listRoute('/v1/payment_methods', 'payment_method', {
      by: ['customer', 'type', 'allow_redisplay'],
      created: false,
      more: { ...filters, ...notHereYet('customer_account') },
    }),
    listRoute('/v1/customers/:id/payment_methods', 'payment_method', {
      by: ['type', 'allow_redisplay'],
      created: false,
      more: filters,
      shown: (method, { id, tx }) => method.customer === liveCustomer(tx, id).id,
    }),
    route('GET', '/v1/customers/:id/payment_methods/:method', {}, ({ ids: [customer, id = ''], tx }) => {
      const method = tx.get('payment_method', id, 'payment_method');
      if (method.customer !== customer) throw missing('payment_method', id, 'payment_method');
      return method;
    }),
    route('GET', '/v1/payment_methods/:id', {}, ({ id, tx }) => paymentMethodOf(id, tx)),
    route('POST', '/v1/payment_methods/:id', updateParams, ({ id, params, tx }) => {
      const method = tx.get('payment_method', id, 'payment_method');
      if (method.customer === null) {
        throw invalid('You must save this PaymentMethod to a customer before you can update it.');
      }
      const { billing_details, card, metadata, allow_redisplay } = params;
      const { networks: _, ...expiry } = card ?? {};
      return tx.update('payment_method.updated', method, {
        ...method,
        ...(allow_redisplay && { allow_redisplay }),
        ...(method.card && { card: { ...method.card, ...expiry } }),
        billing_details: withBilling(method.billing_details, billing_details),
        metadata: mergeMetadata(method.metadata, metadata),
      });
    }),
    route(
      'POST',
      '/v1/payment_methods/:id/attach',
      { customer: required(text()), ...notHereYet('customer_account') },
      ({ id, params, tx }) => attach(paymentMethodOf(id, tx), params.customer, tx),
    ),
    route('POST', '/v1/payment_methods/:id/detach', {}, ({ id, tx }) =>
      detach(tx.get('payment_method', id, 'payment_method'), tx),
    ),
  ],
};
