import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { cancelPayment, refuseUnlessOpen } from './collect.ts';

/** As if it had never been: nobody has to pay it any more. */
export function voidInvoice(invoice: Stripe.Invoice, tx: Transaction): Stripe.Invoice {
  refuseUnlessOpen(invoice, 'void');
  cancelPayment(invoice, tx);
  return close(invoice, 'void', tx);
}

/** Nobody believes any more that it will be paid; it still can be. */
export function giveUp(invoice: Stripe.Invoice, tx: Transaction): Stripe.Invoice {
  refuseUnlessOpen(invoice, 'mark uncollectible');
  return close(invoice, 'uncollectible', tx);
}

function close(invoice: Stripe.Invoice, status: 'void' | 'uncollectible', tx: Transaction): Stripe.Invoice {
  tx.unschedule(invoice.id);
  const at = status === 'void' ? { voided_at: tx.now } : { marked_uncollectible_at: tx.now };
  const after = tx.put({
    ...invoice,
    next_payment_attempt: null,
    status,
    status_transitions: { ...invoice.status_transitions, ...at },
  } satisfies Stripe.Invoice);
  tx.emit(status === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible', after);
  return after;
}

/** What is not yet paid is no longer asked for by itself. */
export function stopAdvancing(invoice: Stripe.Invoice, tx: Transaction): void {
  tx.unschedule(invoice.id);
  const stopped = { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null };
  tx.update('invoice.updated', invoice, { ...invoice, ...stopped });
}
