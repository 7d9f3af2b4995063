import type { Stripe } from 'stripe';
import { nextAttempt } from '../../billing/dunning.ts';
import type { Transaction } from '../../store/transaction.ts';
import { scheduleAt } from './draft.ts';
import { paymentOf } from './payment.ts';

/** All of it has been paid, by the intent, outside of Stripe, or because there was nothing to pay. */
export function paid(invoice: Stripe.Invoice, tx: Transaction, outside = false): Stripe.Invoice {
  const amount = invoice.amount_due;
  const after = {
    ...invoice,
    amount_paid: amount,
    ...(outside && { amount_paid_off_stripe: amount }),
    amount_remaining: 0,
    attempt_count: outside || amount === 0 ? invoice.attempt_count : invoice.attempt_count + 1,
    attempted: true,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: tx.now },
  } satisfies Stripe.Invoice;
  // Of one that is paid at once, only that is told.
  if (tx.isNew('invoice', invoice.id)) tx.put(after);
  else tx.update('invoice.updated', invoice, after);
  tx.unschedule(invoice.id);
  if (!outside) settlePayment(after, tx);
  setDelinquent(after, false, tx);
  tx.emit('invoice.paid', after);
  if (!outside) tx.emit('invoice.payment_succeeded', after);
  return after;
}

/** An attempt has failed. One that was made automatically is made again, as long as there are days left for it. */
export function failed(invoice: Stripe.Invoice, needsCustomer: boolean, tx: Transaction): Stripe.Invoice {
  const after = tx.put({ ...invoice, ...afterFailure(invoice, tx.now), attempted: true });
  if (after.next_payment_attempt === null) tx.unschedule(invoice.id);
  else scheduleAt(after, after.next_payment_attempt, tx);
  if (invoice.billing_reason !== 'subscription_create') setDelinquent(after, true, tx);
  tx.emit('invoice.payment_failed', after);
  if (needsCustomer) tx.emit('invoice.payment_action_required', after);
  return after;
}

/** After the first one, only automatic attempts count; what somebody tries in between changes no plan. */
function afterFailure(invoice: Stripe.Invoice, now: number) {
  const { attempt_count, next_payment_attempt: planned } = invoice;
  if (planned !== null && now < planned) return { attempt_count: Math.max(1, attempt_count) };
  const counts = attempt_count === 0 || planned !== null;
  const attempts = counts ? attempt_count + 1 : attempt_count;
  const again = counts && invoice.auto_advance && isRetried(invoice) ? nextAttempt(attempts, now) : null;
  return { attempt_count: attempts, next_payment_attempt: again };
}

/** The first invoice of a subscription waits for its customer instead: the subscription is incomplete. */
function isRetried({ billing_reason, collection_method }: Stripe.Invoice): boolean {
  return billing_reason !== 'subscription_create' && collection_method === 'charge_automatically';
}

function settlePayment(invoice: Stripe.Invoice, tx: Transaction): void {
  const found = paymentOf(invoice, tx);
  if (!found) return;
  const payment = tx.put({
    ...found.payment,
    amount_paid: invoice.amount_paid,
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: tx.now },
  } satisfies Stripe.InvoicePayment);
  tx.emit('invoice_payment.paid', payment);
}

function setDelinquent(invoice: Stripe.Invoice, delinquent: boolean, tx: Transaction): void {
  const customer = tx.get('customer', invoice.customer as string);
  if (customer.deleted || customer.delinquent === delinquent) return;
  tx.update('customer.updated', customer, { ...customer, delinquent });
}
