import type { Stripe } from 'stripe';
import type { ErrorBody } from '../../api/errors.ts';
import type { Decline } from '../../cards/declines.ts';
import { cardOf } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';
import { newBalanceTransaction } from '../balance/transaction.ts';
import { newCharge } from '../charges/charge.ts';
import { attached } from '../payment-methods/attach.ts';
import { markAuthenticated } from './authenticate.ts';
import type { Attempt } from './confirm.ts';
import type { Intent } from './intent.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** https://docs.stripe.com/payments/place-a-hold-on-a-payment-method: what is not captured is let go. */
const HELD_MS = 7 * DAY_MS;

/** The bank is asked: money moves, is held, or the card is declined. */
export function pay(intent: Intent, method: Stripe.PaymentMethod, authenticated: boolean, tx: Transaction): Attempt {
  const card = cardOf(method.card?.fingerprint);
  const { decline } = card;
  const charge = newCharge({ intent, method, card, decline, authenticated }, tx);
  if (decline) {
    tx.put(charge);
    tx.emit('charge.failed', charge);
    return refused({ ...intent, latest_charge: charge.id }, method, decline, tx, charge.id);
  }
  saveMethod(intent, method, authenticated, tx);
  const done = { ...intent, latest_charge: charge.id, last_payment_error: null, next_action: null, processing: null };
  return { intent: charge.captured ? succeed(done, charge, tx) : hold(done, charge, tx), error: null };
}

function succeed(intent: Intent, charge: Stripe.Charge, tx: Transaction): Intent {
  tx.moved = { amount: charge.amount, currency: charge.currency };
  const booked = { ...charge, balance_transaction: newBalanceTransaction(charge, 'charge', tx).id };
  const later = intent.capture_method === 'automatic_async';
  tx.emit('charge.succeeded', later ? charge : booked);
  const after = tx.put({ ...intent, status: 'succeeded', amount_received: charge.amount });
  tx.emit('payment_intent.succeeded', after);
  // https://docs.stripe.com/payments/payment-intents/asynchronous-capture: the booking is told afterwards.
  if (later) tx.update('charge.updated', charge, booked);
  else tx.put(booked);
  return after;
}

function hold(intent: Intent, charge: Stripe.Charge, tx: Transaction): Intent {
  tx.put(charge);
  tx.emit('charge.succeeded', charge);
  const after = tx.put({ ...intent, status: 'requires_capture', amount_capturable: charge.amount });
  tx.emit('payment_intent.amount_capturable_updated', after);
  tx.schedule(intent.id, tx.nowMs + HELD_MS);
  return after;
}

/** The payment method goes, because it was no good; what went wrong stays to be read. */
export function refused(
  intent: Intent,
  method: Stripe.PaymentMethod,
  decline: Decline,
  tx: Transaction,
  charge?: string,
): Attempt {
  const type = decline.code === 'payment_intent_authentication_failure' ? 'invalid_request_error' : 'card_error';
  const doc_url = `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`;
  const error = { ...decline, type, doc_url, payment_method: method, ...(charge !== undefined && { charge }) } as const;
  const after = tx.put({
    ...intent,
    status: 'requires_payment_method',
    next_action: null,
    payment_method: null,
    last_payment_error: error,
  } satisfies Intent);
  tx.emit('payment_intent.payment_failed', after);
  const body: ErrorBody = { ...error, payment_intent: after };
  return { intent: after, error: body };
}

/** `setup_future_usage` saves what was paid with. */
function saveMethod(intent: Intent, method: Stripe.PaymentMethod, authenticated: boolean, tx: Transaction): void {
  const usage = intent.payment_method_options?.card?.setup_future_usage ?? intent.setup_future_usage;
  if (!usage || usage === 'none') return;
  if (typeof intent.customer === 'string') attached(method, intent.customer, tx);
  if (authenticated && usage === 'off_session') markAuthenticated(method.id, tx);
}
