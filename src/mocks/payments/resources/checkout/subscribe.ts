import type { Stripe } from 'stripe';
import { dueAmount } from '../../billing/due.ts';
import type { Transaction } from '../../store/transaction.ts';
import { smallestAmount } from '../amounts.ts';
import { liveCustomer } from '../customers/live.ts';
import { collect } from '../invoices/collect.ts';
import { paymentOf } from '../invoices/payment.ts';
import type { Attempt } from '../payment-intents/confirm.ts';
import { attached } from '../payment-methods/attach.ts';
import { createSubscription } from '../subscriptions/create.ts';
import { change, isEnded } from '../subscriptions/subscription.ts';
import { chosenOf } from './discount.ts';
import { note, planOf } from './plan.ts';
import type { Session } from './session.ts';

type Subscription = Stripe.Subscription;

/** Whether its first invoice takes money: not in a trial, nor where the customer has credit. Else a card is only saved. */
export function owesNow(session: Session, tx: Transaction): boolean {
  if (begunBy(session, tx)) return true;
  const { amount_total, currency, customer } = session;
  const { balance } = liveCustomer(tx, customer as string);
  return dueAmount(amount_total ?? 0, balance, smallestAmount(currency as string)).amountDue > 0;
}

/**
 * Begins what was chosen, incomplete, and tries to pay its first invoice; another card tries the same invoice again.
 * Null where there turns out to be nothing to pay.
 */
export function paySubscription(
  session: Session,
  method: Stripe.PaymentMethod,
  returnUrl: string,
  tx: Transaction,
): Attempt | null {
  const subscription = begunBy(session, tx) ?? begin(session, WAITING, tx);
  const invoice = tx.get('invoice', subscription.latest_invoice as string);
  const payment = paymentOf(invoice, tx);
  if (!payment || invoice.status !== 'open') {
    attached(method, session.customer as string, tx);
    change(subscription, { ...subscription, default_payment_method: method.id }, tx);
    return null;
  }
  note(session, { tried: payment.intent.id }, tx);
  return collect(invoice, method.id, { offSession: false, returnUrl }, tx);
}

/** What a session that is complete tells of its subscription, which goes on with the card that paid or was saved. */
export function subscribed(session: Session, method: string | null, tx: Transaction): Partial<Session> {
  const subscription =
    begunBy(session, tx) ?? begin(session, method === null ? {} : { default_payment_method: method }, tx);
  if (method !== null && subscription.default_payment_method !== method) {
    change(subscription, { ...subscription, default_payment_method: method }, tx);
  }
  return {
    invoice: subscription.latest_invoice as string,
    // Credit pays too.
    payment_status: session.amount_total === 0 ? 'no_payment_required' : 'paid',
    subscription: subscription.id,
  };
}

/** What an earlier attempt has begun; null where that has expired or was canceled since. */
function begunBy(session: Session, tx: Transaction): Subscription | null {
  const { begun } = planOf(session, tx);
  const found = begun === null ? undefined : tx.find('subscription', begun);
  return found && !isEnded(found) ? found : null;
}

/** Until a card has paid. */
const WAITING = { payment_behavior: 'default_incomplete' } as const;

function begin(
  session: Session,
  how: typeof WAITING | { readonly default_payment_method?: string },
  tx: Transaction,
): Subscription {
  const { lineItems, subscription: given } = planOf(session, tx);
  const discount = chosenOf(session);
  const chosen = (recurring: boolean) =>
    lineItems
      .filter(({ price }) => (price?.type === 'recurring') === recurring)
      .map(({ price, quantity }) => ({ price: price?.id as string, quantity: quantity ?? 1 }));
  const subscription = createSubscription(
    {
      ...given,
      customer: session.customer as string,
      items: chosen(true),
      add_invoice_items: chosen(false),
      ...(discount && { discounts: [discount] }),
      ...how,
    },
    tx,
  );
  note(session, { begun: subscription.id }, tx);
  return subscription;
}
