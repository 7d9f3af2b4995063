import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';

const HOUR = 3600;

export interface NewInvoice {
  readonly customer: Stripe.Customer;
  readonly currency: string;
  readonly reason: Stripe.Invoice.BillingReason;
  readonly subscription?: Stripe.Subscription;
  /** Of the usage, in seconds; now where there is none. */
  readonly period?: { readonly start: number; readonly end: number };
  /** Whether it finalizes itself and is collected. */
  readonly advances: boolean;
  readonly collection?: Stripe.Invoice.CollectionMethod;
  readonly daysUntilDue?: number | null;
}

/** A draft without lines, as of now. Nobody is told yet. */
export function blankInvoice(given: NewInvoice, tx: Transaction): Stripe.Invoice {
  const { customer, subscription } = given;
  const id = tx.id('in');
  const collection = given.collection ?? subscription?.collection_method ?? 'charge_automatically';
  const daysUntilDue = given.daysUntilDue ?? subscription?.days_until_due ?? null;
  return {
    id,
    object: 'invoice',
    account_country: 'US',
    account_name: 'devenv',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: given.advances,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: given.advances ? tx.now + HOUR : null,
    billing_reason: given.reason,
    collection_method: collection,
    created: tx.now,
    currency: given.currency,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    customer_account: null,
    ...ofCustomer(customer),
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: collection === 'send_invoice' ? tx.now + (daysUntilDue ?? 0) * 24 * HOUR : null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    livemode: false,
    metadata: {},
    next_payment_attempt: given.advances && collection === 'charge_automatically' ? tx.now + HOUR : null,
    number: null,
    on_behalf_of: null,
    parent: parentOf(subscription),
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: given.period?.end ?? tx.now,
    period_start: given.period?.start ?? tx.now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: tx.now,
  } satisfies Stripe.Invoice;
}

/** What an invoice says of whom it is for; fixed once it is final. */
export function ofCustomer(customer: Stripe.Customer) {
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: [],
  } satisfies Partial<Stripe.Invoice>;
}

function parentOf(subscription: Stripe.Subscription | undefined): Stripe.Invoice.Parent | null {
  if (!subscription) return null;
  const { id, metadata } = subscription;
  return {
    quote_details: null,
    subscription_details: { metadata, subscription: id },
    type: 'subscription_details',
  };
}

export function subscriptionIdOf({ parent }: Pick<Stripe.Invoice, 'parent'>): string | null {
  const subscription = parent?.subscription_details?.subscription;
  return (subscription as string | undefined) ?? null;
}

/** From here on it is the time of the clock that it lives by. */
export function invoiceAt(id: string, tx: Transaction): Stripe.Invoice {
  const invoice = tx.get('invoice', id, 'invoice');
  tx.liveBy(invoice.test_clock as string | null);
  return invoice;
}
