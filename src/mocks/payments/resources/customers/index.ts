import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { liveCustomer, newCustomer, withGiven } from './customer.ts';
import { createParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/customers */
export const customers: Resource = {
  routes: [
    route('POST', '/v1/customers', createParams, ({ params, tx }) => {
      const customer = tx.put(newCustomer(params, tx));
      tx.emit('customer.created', customer);
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
      tx.emit('customer.deleted', customer);
      return tx.put({ id, object: 'customer', deleted: true } satisfies Stripe.DeletedCustomer);
    }),
  ],
};
