import type { Stripe } from 'stripe';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import { liveCustomer } from '../customers/live.ts';
import { newItem, replaceLine, withGiven } from './item.ts';
import { createParams, listParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/invoiceitems */
export const invoiceItems: Resource = {
  routes: [
    route('POST', '/v1/invoiceitems', createParams, ({ params, tx }) => {
      if (params.customer === undefined) throw missingParameter('customer');
      const customer = liveCustomer(tx, params.customer);
      tx.liveBy((customer.test_clock as string | null | undefined) ?? null);
      const item = tx.put(newItem(customer, params, tx));
      tx.emit('invoiceitem.created', item);
      replaceLine(item, true, tx);
      return item;
    }),
    listRoute('/v1/invoiceitems', 'invoiceitem', {
      by: ['customer', 'invoice'],
      created: false,
      more: listParams,
      shown: ({ invoice }, { params }) => {
        const { pending } = params as Params<typeof listParams>;
        return pending === undefined || pending === (invoice === null);
      },
    }),
    route('GET', '/v1/invoiceitems/:id', {}, ({ id, tx }) => tx.get('invoiceitem', id)),
    route('POST', '/v1/invoiceitems/:id', updateParams, ({ id, params, tx }) => {
      const after = tx.put(withGiven(tx.get('invoiceitem', id), params, tx));
      replaceLine(after, true, tx);
      return after;
    }),
    route('DELETE', '/v1/invoiceitems/:id', {}, ({ id, tx }) => {
      const item = tx.get('invoiceitem', id);
      replaceLine(item, false, tx);
      tx.remove(id);
      tx.emit('invoiceitem.deleted', item);
      return { id, object: 'invoiceitem', deleted: true } satisfies Stripe.DeletedInvoiceItem;
    }),
  ],
};
