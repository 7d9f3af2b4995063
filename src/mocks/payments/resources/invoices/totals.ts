import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { dueAmount } from '../../billing/due.ts';
import { sum, takeOff } from '../../billing/take-off.ts';
import type { Transaction } from '../../store/transaction.ts';
import { LARGEST, money, smallestAmount } from '../amounts.ts';
import { termsOf } from '../coupons/coupon.ts';
import { couponOf } from '../discounts/discount.ts';

/** The invoice with these lines, and all sums of it. */
export function withLines(
  invoice: Stripe.Invoice,
  lines: readonly Stripe.InvoiceLineItem[],
  tx: Transaction,
): Stripe.Invoice {
  const discounts = invoice.discounts as string[];
  const off = takeOff(
    lines.map((line) => ({ ...line, product: line.pricing?.price_details?.product ?? null })),
    discounts.map((id) => termsOf(couponOf(tx.get('discount', id), tx))),
  );
  const amounts = (parts: readonly number[] | undefined) =>
    discounts.map((discount, place) => ({ amount: parts?.[place] ?? 0, discount }));
  const data = lines.map((line, place) => {
    return { ...line, invoice: invoice.id, discount_amounts: amounts(off[place]) } satisfies Stripe.InvoiceLineItem;
  });
  const whole = discounts.map((_, place) => sum(off.map((parts) => parts[place] ?? 0)));
  const subtotal = sum(lines.map(({ amount }) => amount));
  const total = subtotal - sum(whole);
  if (total > LARGEST) {
    throw invalid(`An invoice must be no more than ${money(LARGEST, invoice.currency)}.`, 'amount_too_large');
  }
  return withBalance({
    ...invoice,
    lines: { ...invoice.lines, data },
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: total,
    total_discount_amounts: amounts(whole),
    total_pretax_credit_amounts: amounts(whole).map((amount) => ({ ...amount, type: 'discount' })),
  });
}

/** What is left to pay, as long as the invoice is a draft. */
function withBalance(invoice: Stripe.Invoice): Stripe.Invoice {
  const smallest = smallestAmount(invoice.currency);
  const { amountDue } = dueAmount(invoice.total, invoice.starting_balance, smallest);
  return { ...invoice, amount_due: amountDue, amount_remaining: amountDue };
}
