import { invalid } from '../../api/errors.ts';
import { listRoute } from '../../api/list.ts';
import { type Resource, route } from '../../api/route.ts';
import type { Transaction } from '../../store/transaction.ts';
import { attach } from '../payment-methods/attach.ts';
import { paymentMethodOf } from '../payment-methods/payment-method.ts';
import { newCustomer, withGiven } from './customer.ts';
import { deleteCustomer } from './delete.ts';
import { liveCustomer } from './live.ts';
import { createParams, updateParams } from './params.ts';

/** https://docs.stripe.com/api/customers */
export const customers: Resource = {
  routes: [
    route('POST', '/v1/customers', createParams, ({ params, tx }) => {
      tx.liveBy(params.test_clock ? tx.get('test_helpers.test_clock', params.test_clock, 'test_clock').id : null);
      const customer = tx.put(newCustomer(params, tx));
      tx.emit('customer.created', customer);
      if (!params.payment_method) return customer;
      const method = attach(paymentMethodOf(params.payment_method, tx), customer.id, tx);
      // `pm_card_visa` in both places is the one that was attached.
      if (params.invoice_settings?.default_payment_method !== params.payment_method) return customer;
      const paying = { ...customer.invoice_settings, default_payment_method: method.id };
      const after = tx.put({ ...customer, invoice_settings: paying });
      tx.retell('customer.created', after);
      return after;
    }),
    listRoute('/v1/customers', 'customer', { by: ['email'] }),
    route('GET', '/v1/customers/:id', {}, ({ id, tx }) => tx.get('customer', id)),
    route('POST', '/v1/customers/:id', updateParams, ({ id, params, tx }) => {
      const customer = liveCustomer(tx, id, 'id');
      checkDefault(customer.id, params.invoice_settings?.default_payment_method, tx);
      return tx.update('customer.updated', customer, withGiven(customer, params));
    }),
    route('DELETE', '/v1/customers/:id', {}, ({ id, tx }) => {
      const customer = liveCustomer(tx, id, 'id');
      return deleteCustomer(customer, tx);
    }),
  ],
};

/** What is paid with by default has to be the customer's own. */
function checkDefault(customer: string, id: string | null | undefined, tx: Transaction): void {
  if (!id || tx.find('payment_method', id)?.customer === customer) return;
  throw invalid(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    'resource_missing',
    'invoice_settings[default_payment_method]',
  );
}
