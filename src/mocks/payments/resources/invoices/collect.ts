import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { cancel } from '../payment-intents/capture.ts';
import { type Attempt, confirm } from '../payment-intents/confirm.ts';
import { subscriptionIdOf } from './invoice.ts';
import { failed } from './outcomes.ts';
import { paymentOf } from './payment.ts';

/**
 * Tries to collect an open invoice with what the customer has saved. What becomes of it is seen by those who follow the
 * intent; null where there was nothing to try it with.
 */
export function collect(
  invoice: Stripe.Invoice,
  method: string,
  { offSession, returnUrl = null }: { readonly offSession: boolean; readonly returnUrl?: string | null },
  tx: Transaction,
): Attempt | null {
  const found = paymentOf(invoice, tx);
  if (!found) return null;
  const { intent } = found;
  const ready = tx.put({
    ...intent,
    payment_method: method,
    status: 'requires_confirmation',
    next_action: null,
  } satisfies Stripe.PaymentIntent);
  return confirm(ready, { offSession, returnUrl, failsOnAction: false }, tx);
}

/** At its time, with nobody there. */
export function collectByItself(invoice: Stripe.Invoice, tx: Transaction): void {
  const method = methodFor(invoice, tx);
  if (method === null) failed(invoice, false, tx);
  else collect(invoice, method, { offSession: true }, tx);
}

/** https://docs.stripe.com/billing/subscriptions/overview: the invoice's, the subscription's, the customer's own. */
export function methodFor(invoice: Stripe.Invoice, tx: Transaction): string | null {
  const id = subscriptionIdOf(invoice);
  const subscription = id === null ? undefined : tx.find('subscription', id);
  const given = (invoice.default_payment_method ?? subscription?.default_payment_method ?? null) as string | null;
  return usable(given, invoice.customer as string, tx) ?? defaultOf(invoice.customer as string, tx);
}

/** What is used where nothing else is said. */
export function defaultOf(customerId: string, tx: Transaction): string | null {
  const customer = tx.get('customer', customerId);
  if (customer.deleted) return null;
  return usable(customer.invoice_settings.default_payment_method as string | null, customerId, tx);
}

/** One that was detached since then is no longer the customer's. */
function usable(id: string | null, customer: string, tx: Transaction): string | null {
  const method = id === null ? undefined : tx.find('payment_method', id);
  return method?.customer === customer ? method.id : null;
}

/** Of an invoice that is no longer collected. */
export function cancelPayment(invoice: Stripe.Invoice, tx: Transaction): void {
  const found = paymentOf(invoice, tx);
  if (found?.payment.status !== 'open') return;
  cancel(found.intent, 'void_invoice', tx);
  tx.put({
    ...found.payment,
    status: 'canceled',
    status_transitions: { canceled_at: tx.now, paid_at: null },
  } satisfies Stripe.InvoicePayment);
}

/** For a call: an invoice that is final and not yet paid. */
export function refuseUnlessOpen({ status }: Stripe.Invoice, doing: string): void {
  if (status === 'open' || status === 'uncollectible') return;
  if (status === 'paid') throw invalid('Invoice is already paid');
  throw invalid(`You can only ${doing} an invoice that is open. This one is ${status}.`, 'invoice_not_editable');
}
