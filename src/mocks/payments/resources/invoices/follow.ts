import type { Stripe } from 'stripe';
import type { Followers } from '../../api/route.ts';
import type { Transaction } from '../../store/transaction.ts';
import { stopAdvancing } from './close.ts';
import { collectByItself } from './collect.ts';
import { finalizeByItself } from './finalize.ts';
import { failed, paid } from './outcomes.ts';
import { invoiceOf } from './payment.ts';

/** Its hour as a draft is over, the next attempt has come, or the day until which it should have been paid. */
export function invoiceDue(invoice: Stripe.Invoice, tx: Transaction): void {
  const open = invoice.status === 'draft' ? finalizeByItself(invoice, tx) : invoice;
  if (open.status !== 'open') return;
  if (open.collection_method === 'charge_automatically') collectByItself(open, tx);
  else if (open === invoice) tx.emit('invoice.overdue', invoice);
}

/** What becomes of an invoice is what becomes of its intent, whoever confirms that. */
export const invoiceFollows: Followers = {
  'payment_intent.succeeded': (intent: Stripe.PaymentIntent, tx) => {
    const invoice = openInvoiceOf(intent, tx);
    if (invoice) paid(invoice, tx);
  },
  'payment_intent.payment_failed': (intent: Stripe.PaymentIntent, tx) => {
    const invoice = openInvoiceOf(intent, tx);
    if (invoice) failed(invoice, intent.last_payment_error?.code === 'authentication_required', tx);
  },
  'payment_intent.requires_action': (intent: Stripe.PaymentIntent, tx) => {
    const invoice = openInvoiceOf(intent, tx);
    if (!invoice) return;
    const after = tx.put({ ...invoice, attempted: true, attempt_count: Math.max(1, invoice.attempt_count) });
    tx.emit('invoice.payment_action_required', after);
  },
  'customer.deleted': (customer: Stripe.Customer, tx) => {
    for (const item of tx.where('invoiceitem', 'customer', customer.id)) if (item.invoice === null) tx.remove(item.id);
    for (const invoice of tx.where('invoice', 'customer', customer.id)) {
      if (invoice.status === 'draft' || invoice.status === 'open') stopAdvancing(invoice, tx);
    }
  },
};

function openInvoiceOf(intent: Stripe.PaymentIntent, tx: Transaction): Stripe.Invoice | null {
  const invoice = invoiceOf(intent, tx);
  if (invoice?.status !== 'open' && invoice?.status !== 'uncollectible') return null;
  tx.liveBy(invoice.test_clock as string | null);
  return invoice;
}
