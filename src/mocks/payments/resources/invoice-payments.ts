import { listRoute } from '../api/list.ts';
import { type Resource, route } from '../api/route.ts';
import { notHereYet } from '../params/composed.ts';
import { oneOf } from '../params/scalars.ts';

/** https://docs.stripe.com/api/invoice-payment */
export const invoicePayments: Resource = {
  routes: [
    listRoute('/v1/invoice_payments', 'invoice_payment', {
      by: ['invoice', 'status'],
      more: { status: oneOf('canceled', 'open', 'paid'), ...notHereYet('payment') },
    }),
    route('GET', '/v1/invoice_payments/:id', {}, ({ id, tx }) => tx.get('invoice_payment', id)),
  ],
};
