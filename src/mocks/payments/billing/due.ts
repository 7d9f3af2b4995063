export interface DueAmount {
  readonly amountDue: number;
  /** The customer's balance afterwards; below zero it is credit. */
  readonly endingBalance: number;
}

/**
 * What is to be paid of a total, once the customer's balance is taken into it. What is too little to be charged waits in
 * the balance for the next invoice: https://docs.stripe.com/billing/customer/balance
 */
export function dueAmount(total: number, balance: number, smallest: number): DueAmount {
  const all = total + balance;
  if (total === 0 || all < smallest) return { amountDue: 0, endingBalance: all };
  return { amountDue: all, endingBalance: 0 };
}
