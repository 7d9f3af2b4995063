import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Purchase } from '../discounts/redeem.ts';
import { isActive } from './promotion-code.ts';

/** Fails where a code can't be redeemed for a purchase: https://docs.stripe.com/billing/subscriptions/coupons#promotion-codes */
export function refuseCode(code: Stripe.PromotionCode, purchase: Purchase, param: string, tx: Transaction): void {
  const { customer, restrictions } = code;
  const refuse = (why: string, error?: string): never => {
    throw invalid(`This promotion code cannot be redeemed because ${why}.`, error, param);
  };
  if (!isActive(code, tx)) refuse('it is inactive, has expired or was redeemed as often as it can be');
  if (customer !== null && customer !== purchase.customer) refuse('it is for another customer');
  if (restrictions.first_time_transaction && hasPaid(purchase.customer, tx)) {
    refuse('the associated customer has prior transactions', 'promotion_code_customer_not_first_time');
  }
  const { minimum_amount, minimum_amount_currency } = restrictions;
  if (minimum_amount === null) return;
  if (minimum_amount_currency === purchase.currency && purchase.amount >= minimum_amount) return;
  refuse('the associated purchase does not meet the minimum amount requirement');
}

/** Whatever was charged, and any invoice that was made final, also one that is still open, as at Stripe. */
function hasPaid(customer: string | null, tx: Transaction): boolean {
  if (customer === null) return false;
  for (const { paid } of tx.where('charge', 'customer', customer)) if (paid) return true;
  for (const { status } of tx.where('invoice', 'customer', customer)) {
    if (status !== 'draft' && status !== 'void') return true;
  }
  return false;
}
