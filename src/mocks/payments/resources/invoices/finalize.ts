import type { Stripe } from 'stripe';
import { ApiError, invalid } from '../../api/errors.ts';
import { dueAmount } from '../../billing/due.ts';
import type { Transaction } from '../../store/transaction.ts';
import { smallestAmount } from '../amounts.ts';
import { newIntent } from '../payment-intents/intent.ts';
import { scheduleAt } from './draft.ts';
import { ofCustomer, subscriptionIdOf } from './invoice.ts';
import { paid } from './outcomes.ts';

/** The draft becomes final: it gets a number, and a payment intent where there is something to pay. */
export function finalize(draft: Stripe.Invoice, tx: Transaction): Stripe.Invoice {
  if (draft.status !== 'draft') {
    throw invalid(
      "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
      'invoice_not_editable',
    );
  }
  tx.unschedule(draft.id);
  const customer = tx.get('customer', draft.customer as string) as Stripe.Customer;
  const sequence = customer.next_invoice_sequence ?? 1;
  const smallest = smallestAmount(draft.currency);
  const { amountDue, endingBalance } = dueAmount(draft.total, customer.balance, smallest);
  tx.put({ ...customer, balance: endingBalance, next_invoice_sequence: sequence + 1, currency: draft.currency });
  const open = tx.put({
    ...draft,
    ...ofCustomer(customer),
    amount_due: amountDue,
    amount_remaining: amountDue,
    automatically_finalizes_at: null,
    effective_at: tx.now,
    ending_balance: endingBalance,
    hosted_invoice_url: `${tx.publicUrl}/pay/invoice/${draft.id}`,
    next_payment_attempt: draft.auto_advance && draft.collection_method === 'charge_automatically' ? tx.now : null,
    number: `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`,
    starting_balance: customer.balance,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: tx.now },
  } satisfies Stripe.Invoice);
  if (amountDue > 0) openPayment(open, tx);
  tx.emit('invoice.finalized', open);
  if (amountDue === 0) return paid(open, tx);
  if (open.collection_method === 'send_invoice') {
    if (open.due_date !== null) scheduleAt(open, open.due_date, tx);
    tx.emit('invoice.sent', open);
  }
  return open;
}

/** Where that happens by itself, a mistake is told of instead of answered. */
export function finalizeByItself(draft: Stripe.Invoice, tx: Transaction): Stripe.Invoice {
  try {
    return finalize(draft, tx);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const after = tx.put({
      ...draft,
      auto_advance: false,
      automatically_finalizes_at: null,
      last_finalization_error: error.body as Stripe.Invoice.LastFinalizationError,
    });
    tx.unschedule(draft.id);
    tx.emit('invoice.finalization_failed', after);
    return after;
  }
}

/** The intent that collects it, and what ties the two together. */
function openPayment(invoice: Stripe.Invoice, tx: Transaction): void {
  const subscription = subscriptionIdOf(invoice);
  const intent = tx.put(
    newIntent(
      {
        amount: invoice.amount_due,
        currency: invoice.currency,
        customer: invoice.customer as string,
        automatic_payment_methods: { enabled: false },
        capture_method: 'automatic',
        description: describe(invoice),
        ...(subscription !== null && { setup_future_usage: 'off_session' }),
      },
      tx,
    ),
  );
  tx.emit('payment_intent.created', intent);
  tx.put({ id: `${intent.id}.invoiced`, object: 'devenv.invoiced', invoice: invoice.id });
  tx.put({
    id: tx.id('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: tx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  } satisfies Stripe.InvoicePayment);
}

function describe({ billing_reason, number }: Stripe.Invoice): string {
  if (billing_reason === 'subscription_create') return 'Subscription creation';
  if (billing_reason?.startsWith('subscription')) return 'Subscription update';
  return `Payment for Invoice ${number}`;
}
