import type { Stripe } from 'stripe';
import type { Page, View, Visit } from '../../pages/page.ts';
import type { Transaction } from '../../store/transaction.ts';
import { methodTyped, type TypedCard, typedCard, usualCard } from '../card-form.ts';
import { collect } from './collect.ts';
import { invoiceAt } from './invoice.ts';
import { paymentOf } from './payment.ts';
import { invoiceView } from './view.ts';

/** Where `hosted_invoice_url` leads: what is on the invoice, whether it is paid, and a form to pay it where it isn't. */
export const invoicePages: readonly Page[] = [
  { method: 'GET', path: '/pay/invoice/:id', view: ({ id, tx }) => show(invoiceAt(id, tx), tx) },
  { method: 'POST', path: '/pay/invoice/:id', view: pay },
  { method: 'GET', path: '/pay/invoice/:id/return', view: ({ id, tx }) => outcome(invoiceAt(id, tx), tx) },
];

/** The customer is there, so that 3-D Secure can be asked for. */
function pay({ id, form, tx }: Visit): View {
  const invoice = invoiceAt(id, tx);
  const url = invoice.hosted_invoice_url;
  if (url === null || url === undefined || !isPayable(invoice)) return show(invoice, tx);
  const typed = typedCard(form);
  const method = methodTyped(typed, { email: invoice.customer_email, name: invoice.customer_name }, tx);
  if (typeof method === 'string') return show(invoice, tx, method, typed);
  const attempt = collect(invoice, method.id, { offSession: false, returnUrl: `${url}/return` }, tx);
  const asked = attempt?.intent.next_action?.redirect_to_url?.url;
  if (asked) return { location: asked };
  if (!attempt?.error) return { location: url };
  return show(tx.get('invoice', id), tx, attempt.error.message, typed);
}

/** Of somebody who comes back from 3-D Secure. */
function outcome(invoice: Stripe.Invoice, tx: Transaction): View {
  const why = isPayable(invoice) ? paymentOf(invoice, tx)?.intent.last_payment_error?.message : undefined;
  return show(invoice, tx, why ?? null);
}

function show(
  invoice: Stripe.Invoice,
  tx: Transaction,
  problem: string | null = null,
  typed: TypedCard = usualCard(tx.now),
): View {
  return invoiceView({ invoice, typed: isPayable(invoice) ? typed : null, problem, tx });
}

/** Also one that nobody expects to be paid any more. */
function isPayable({ status }: Stripe.Invoice): boolean {
  return status === 'open' || status === 'uncollectible';
}
