import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

const DAY = 24 * 60 * 60;
/** What Stripe takes of a card in the US: 2.9 % and 30 cents. */
const SHARE = 0.029;
const FIXED = 30;

/** The movement on the account's balance; a refund moves it down, and the fee stays with Stripe. */
export function newBalanceTransaction(
  of: { readonly id: string; readonly amount: number; readonly currency: string; readonly description?: string | null },
  type: 'charge' | 'refund',
  tx: Transaction,
): Stripe.BalanceTransaction {
  const amount = type === 'refund' ? -of.amount : of.amount;
  const fee = type === 'refund' ? 0 : Math.round(of.amount * SHARE) + FIXED;
  const detail = {
    amount: fee,
    application: null,
    currency: of.currency,
    description: 'Stripe processing fees',
    type: 'stripe_fee',
  };
  return tx.put({
    id: tx.id('txn'),
    object: 'balance_transaction',
    amount,
    available_on: tx.now + 2 * DAY,
    balance_type: 'payments',
    created: tx.now,
    currency: of.currency,
    description: of.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [detail],
    net: amount - fee,
    reporting_category: type,
    source: of.id,
    status: 'pending',
    type,
  } satisfies Stripe.BalanceTransaction);
}
