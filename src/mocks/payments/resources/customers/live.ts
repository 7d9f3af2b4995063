import type { Stripe } from 'stripe';
import { missing } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';

/** A customer that wasn't deleted. */
export function liveCustomer(tx: Transaction, id: string, param = 'customer'): Stripe.Customer {
  const customer = tx.get('customer', id, param);
  if (customer.deleted) throw missing('customer', id, param);
  return customer;
}
