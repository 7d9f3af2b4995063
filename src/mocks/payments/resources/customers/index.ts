import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { attach } from '../payment-methods/attach.ts';
import { paymentMethodOf } from '../payment-methods/payment-method.ts';
import { newCustomer, withGiven } from './customer.ts';
import { liveCustomer } from './live.ts';
import { createParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/customers */
export const customers: Resource = {
  routes: [
    route('POST', '/v1/customers', createParams, ({ params, tx }) => {
      const customer = tx.put(newCustomer(params, tx));
      tx.emit('customer.created', customer);
      if (params.payment_method) attach(paymentMethodOf(params.payment_method, tx), customer.id, tx);
      return customer;
    }),
    listRoute('/v1/customers', 'customer', { by: ['email'] as never }),
    route('GET', '/v1/customers/:id', {}, ({ id, tx }) => tx.get('customer', id)),
    route('POST', '/v1/customers/:id', updateParams, ({ id, params, tx }) => {
      const customer = liveCustomer(tx, id, 'id');
      return tx.update('customer.updated', customer, withGiven(customer, params));
    }),
    route('DELETE', '/v1/customers/:id', {}, ({ id, tx }) => {
      const customer = liveCustomer(tx, id, 'id');
      for (const method of tx.where('payment_method', 'customer', id)) tx.put({ ...method, customer: null });
      tx.emit('customer.deleted', customer);
      return tx.put({ id, object: 'customer', deleted: true } satisfies Stripe.DeletedCustomer);
    }),
  ],
};
