import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

/** What it had ends with it; those who follow its event see to that. */
export function deleteCustomer(customer: Stripe.Customer, tx: Transaction): Stripe.DeletedCustomer {
  for (const method of tx.where('payment_method', 'customer', customer.id)) tx.put({ ...method, customer: null });
  const deleted = tx.put({ id: customer.id, object: 'customer', deleted: true } satisfies Stripe.DeletedCustomer);
  tx.emit('customer.deleted', customer);
  return deleted;
}
