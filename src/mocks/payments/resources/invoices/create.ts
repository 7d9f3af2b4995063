import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { appTime, isLater } from '../app-time.ts';
import { redeemAll } from '../discounts/discount.ts';
import { draftInvoice, pendingItems, scheduleAt } from './draft.ts';
import type { createParams, updateParams } from './params.ts';
import { withLines } from './totals.ts';

const DAY = 86_400;

/** A draft that somebody asks for; it advances only where they say so. */
export function createInvoice(
  customer: Stripe.Customer,
  given: Params<typeof createParams>,
  tx: Transaction,
): Stripe.Invoice {
  const { currency: asked, pending_invoice_items_behavior: behavior, subscription: id, ...more } = given;
  const subscription = id === undefined ? undefined : tx.get('subscription', id, 'subscription');
  const currency = asked ?? subscription?.currency ?? customer.currency ?? 'usd';
  const isPulled = behavior === 'include' || (subscription !== undefined && behavior !== 'exclude');
  const { customer: _, auto_advance, collection_method, days_until_due, ...fields } = more;
  const draft = draftInvoice(
    {
      customer,
      currency,
      reason: subscription ? 'subscription' : 'manual',
      advances: auto_advance ?? false,
      lines: [],
      pending: isPulled ? pendingItems(customer.id, currency, id ?? null, tx) : [],
      ...(subscription && { subscription }),
      ...(collection_method && { collection: collection_method }),
      ...(days_until_due !== undefined && { daysUntilDue: days_until_due }),
    },
    tx,
  );
  return tx.put(updateInvoice(draft, fields, tx));
}

const ALWAYS = new Set([
  'metadata',
  'description',
  'auto_advance',
  'default_payment_method',
  'footer',
  'custom_fields',
]);

/** What is not given stays. What is to be paid can be changed only of a draft. */
export function updateInvoice(
  invoice: Stripe.Invoice,
  given: Params<typeof updateParams>,
  tx: Transaction,
): Stripe.Invoice {
  const fixed = Object.keys(given).find((name) => !ALWAYS.has(name));
  if (fixed && invoice.status !== 'draft') {
    throw invalid(`Finalized invoices can't be updated in this way: ${fixed}.`, 'invoice_not_editable', fixed);
  }
  const { discounts, metadata, days_until_due, due_date, auto_advance, ...fields } = given;
  const changed: Stripe.Invoice = {
    ...invoice,
    ...(fields as Partial<Stripe.Invoice>),
    ...(days_until_due !== undefined && { due_date: invoice.created + days_until_due * DAY }),
    ...(due_date !== undefined && { due_date: appTime(due_date, isLater, tx) }),
    ...(auto_advance !== undefined && advancing(invoice, auto_advance, tx)),
    metadata: mergeMetadata(invoice.metadata, metadata),
  };
  if (discounts === undefined) return changed;
  const owner = { customer: invoice.customer as string, invoice: invoice.id };
  const purchase = { amount: invoice.subtotal, currency: invoice.currency };
  return withLines({ ...changed, discounts: redeemAll(discounts ?? [], owner, purchase, tx) }, invoice.lines.data, tx);
}

function advancing(invoice: Stripe.Invoice, advances: boolean, tx: Transaction): Partial<Stripe.Invoice> {
  if (!advances) {
    tx.unschedule(invoice.id);
    return { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null };
  }
  if (invoice.auto_advance || invoice.status !== 'draft') return { auto_advance: true };
  scheduleAt(invoice, tx.now + 3600, tx);
  return { auto_advance: true, automatically_finalizes_at: tx.now + 3600 };
}
