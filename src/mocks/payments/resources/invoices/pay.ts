import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { intentOf } from '../payment-intents/confirm.ts';
import { paymentMethodOf } from '../payment-methods/payment-method.ts';
import { cancelPayment, collect, methodFor, refuseUnlessOpen } from './collect.ts';
import { finalize } from './finalize.ts';
import { paid } from './outcomes.ts';
import type { payParams } from './params.ts';

/** Somebody asks for it to be paid, now. Fails as the card does. */
export function payNow(invoice: Stripe.Invoice, given: Params<typeof payParams>, tx: Transaction): Stripe.Invoice {
  const open = invoice.status === 'draft' ? finalize(invoice, tx) : invoice;
  if (open.status === 'paid' && invoice.status === 'draft') return open;
  refuseUnlessOpen(open, 'pay');
  if (given.paid_out_of_band) {
    cancelPayment(open, tx);
    return paid(open, tx, true);
  }
  const method =
    given.payment_method === undefined ? methodFor(open, tx) : paymentMethodOf(given.payment_method, tx).id;
  if (method === null) throw noMethod();
  const attempt = collect(open, method, { offSession: given.off_session ?? true }, tx);
  if (attempt?.error) intentOf(attempt);
  if (attempt?.intent.status === 'requires_action') {
    throw invalid(
      'The payment attempt for this invoice requires additional action.',
      'invoice_payment_intent_requires_action',
    );
  }
  return tx.get('invoice', open.id);
}

export function noMethod(): Error {
  return invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment ' +
      'method. For more information, visit https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    'resource_missing',
  );
}
