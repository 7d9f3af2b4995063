import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

/** The payment that collects an invoice, with its intent; null where nothing is to be paid. */
export function paymentOf(
  invoice: Stripe.Invoice,
  tx: Transaction,
): { readonly payment: Stripe.InvoicePayment; readonly intent: Stripe.PaymentIntent } | null {
  for (const payment of tx.where('invoice_payment', 'invoice', invoice.id)) {
    const intent = tx.find('payment_intent', payment.payment.payment_intent as string);
    if (payment.is_default && intent) return { payment, intent };
  }
  return null;
}

/** The invoice that an intent pays, if any. */
export function invoiceOf(intent: Stripe.PaymentIntent, tx: Transaction): Stripe.Invoice | undefined {
  const link = tx.find('devenv.invoiced', `${intent.id}.invoiced`);
  return link && tx.find('invoice', link.invoice);
}
