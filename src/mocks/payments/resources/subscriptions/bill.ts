import type { Stripe } from 'stripe';
import { ApiError, type ErrorBody, unsupported } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { couponOf } from '../discounts/discount.ts';
import { collect, methodFor } from '../invoices/collect.ts';
import { draftInvoice, pendingItems } from '../invoices/draft.ts';
import { finalize } from '../invoices/finalize.ts';
import { noMethod } from '../invoices/pay.ts';
import { subscriptionLines } from '../invoices/subscription-lines.ts';
import type { Attempt } from '../payment-intents/confirm.ts';
import { liveDiscounts } from './discounts.ts';

type Subscription = Stripe.Subscription;

export interface Bill {
  readonly reason: Stripe.Invoice.BillingReason;
  /** Whether its items are paid for the period they are in; if not, only what waits for an invoice. */
  readonly items: boolean;
  readonly period?: { readonly start: number; readonly end: number };
  readonly advances: boolean;
  /** Lines that are no subscription's item's. */
  readonly lines?: readonly Stripe.InvoiceLineItem[];
}

/** A subscription, and the invoice that it begins or goes on with, where there is one; nothing of that is paid yet. */
export interface Begun {
  readonly subscription: Subscription;
  readonly draft: Stripe.Invoice | null;
}

interface Billed extends Begun {
  readonly draft: Stripe.Invoice;
}

/** A draft for a subscription. Neither it nor the subscription, which now names it, is told of yet. */
export function draftFor(subscription: Subscription, bill: Bill, tx: Transaction): Billed {
  const customer = tx.get('customer', subscription.customer as string) as Stripe.Customer;
  const trialing = subscription.status === 'trialing';
  const own = bill.items ? subscription.items.data.flatMap((item) => subscriptionLines(item, trialing, tx)) : [];
  const discounts = liveDiscounts(subscription, tx);
  const { currency, id } = subscription;
  const draft = draftInvoice(
    {
      customer,
      currency,
      subscription,
      reason: bill.reason,
      advances: bill.advances,
      lines: [...own, ...(bill.lines ?? [])],
      discounts,
      pending: pendingItems(customer.id, currency, id, tx),
      ...(bill.period && { period: bill.period }),
    },
    tx,
  );
  const isUsed = draft.subtotal > 0;
  const kept = discounts.filter((one) => !isUsed || couponOf(tx.get('discount', one), tx).duration !== 'once');
  return { subscription: { ...subscription, latest_invoice: draft.id, discounts: kept }, draft };
}

export type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete';

/** Finalizes and collects it at once, because somebody has asked for what it is for. */
export function billNow(draft: Stripe.Invoice, behavior: PaymentBehavior, offSession: boolean, tx: Transaction): void {
  if (behavior === 'pending_if_incomplete')
    throw unsupported('payment_behavior=pending_if_incomplete', 'payment_behavior');
  if (draft.collection_method === 'send_invoice') return;
  const method = methodFor(draft, tx);
  if (method === null && draft.amount_due > 0 && behavior !== 'default_incomplete') throw noMethod();
  const open = finalize(draft, tx);
  if (open.status !== 'open') return;
  if (behavior === 'default_incomplete') {
    if (method !== null) offerMethod(open, method, tx);
    return;
  }
  const attempt = collect(open, method as string, { offSession }, tx);
  if (attempt && behavior === 'error_if_incomplete') refuseIncomplete(attempt);
}

/** The browser confirms with it, unless the customer takes another one. */
function offerMethod(open: Stripe.Invoice, method: string, tx: Transaction): void {
  for (const { payment } of tx.where('invoice_payment', 'invoice', open.id)) {
    const intent = tx.get('payment_intent', payment.payment_intent as string);
    tx.put({ ...intent, payment_method: method, status: 'requires_confirmation' } satisfies Stripe.PaymentIntent);
  }
}

/** Nothing of it has happened. */
function refuseIncomplete({ intent, error }: Attempt): void {
  if (error) {
    const { payment_intent: _, ...told } = error;
    throw new ApiError(402, told);
  }
  if (intent.status !== 'requires_action') return;
  const body: ErrorBody = {
    type: 'card_error',
    code: 'subscription_payment_intent_requires_action',
    message: 'Payment for this subscription requires additional user action before it can be completed successfully.',
  };
  throw new ApiError(402, body);
}
