import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { blankInvoice, type NewInvoice } from './invoice.ts';
import { itemLine } from './lines.ts';
import { withLines } from './totals.ts';

export interface Draft extends NewInvoice {
  readonly lines: readonly Stripe.InvoiceLineItem[];
  readonly discounts?: readonly string[];
  /** What waited for an invoice comes along. */
  readonly pending: readonly Stripe.InvoiceItem[];
}

/** A draft with its lines, which is kept but not yet told of. */
export function draftInvoice({ lines, discounts = [], pending, ...given }: Draft, tx: Transaction): Stripe.Invoice {
  const invoice = { ...blankInvoice(given, tx), discounts: [...discounts] };
  for (const item of pending) tx.put({ ...item, invoice: invoice.id });
  const waited = pending.map((item) => itemLine(item, tx));
  const draft = tx.put(withLines(invoice, [...waited, ...lines], tx));
  if (draft.automatically_finalizes_at !== null) scheduleAt(draft, draft.automatically_finalizes_at, tx);
  return draft;
}

/** What waits for the customer's next invoice: what names no subscription, or this one. Oldest first. */
export function pendingItems(
  customer: string,
  currency: string,
  subscription: string | null,
  tx: Transaction,
): readonly Stripe.InvoiceItem[] {
  const waiting = [...tx.where('invoiceitem', 'customer', customer)].filter((item) => {
    const of = item.parent?.subscription_details?.subscription;
    return item.invoice === null && item.currency === currency && (of === undefined || of === subscription);
  });
  return waiting.reverse();
}

/** By the clock that the invoice lives by; in seconds. */
export function scheduleAt(invoice: Stripe.Invoice, at: number, tx: Transaction): void {
  tx.schedule(invoice.id, at * 1000, invoice.test_clock as string | null);
}
