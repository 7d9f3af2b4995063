import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { newBalanceTransaction } from '../balance/transaction.ts';
import { type Intent, unexpectedState } from './intent.ts';

/** All of what is held, or a part of it; the rest is let go. */
export function capture(intent: Intent, amount: number | undefined, tx: Transaction): Intent {
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of ` +
        'the following statuses may be captured: requires_capture.',
    );
  }
  const captured = amount ?? intent.amount_capturable;
  if (captured > intent.amount_capturable) {
    throw invalid(
      `The amount you are trying to capture (${captured}) is larger than the amount that can be captured (${intent.amount_capturable}).`,
      'amount_too_large',
      'amount_to_capture',
    );
  }
  const held = tx.get('charge', intent.latest_charge as string);
  tx.unschedule(intent.id);
  tx.moved = { amount: captured, currency: intent.currency };
  const booking = newBalanceTransaction({ ...held, amount: captured }, 'charge', tx);
  const charge = { ...held, captured: true, amount_captured: captured, balance_transaction: booking.id };
  tx.update('charge.captured', held, charge);
  const after = tx.put({
    ...intent,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: captured,
  } satisfies Intent);
  tx.emit('payment_intent.succeeded', after);
  return after;
}

type Reason = Stripe.PaymentIntent.CancellationReason;

export function cancel(intent: Intent, reason: Reason | null, tx: Transaction): Intent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') {
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the ` +
        'following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.',
    );
  }
  if (intent.status === 'requires_capture') letGo(intent, reason, tx);
  const after = tx.put({
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: tx.now,
    cancellation_reason: reason,
    next_action: null,
  } satisfies Intent);
  tx.emit('payment_intent.canceled', after);
  return after;
}

/** What was only held is free again: nothing was captured, so nothing is paid back. */
function letGo(intent: Intent, reason: Reason | null, tx: Transaction): void {
  tx.unschedule(intent.id);
  const held = tx.get('charge', intent.latest_charge as string);
  const type = reason === 'automatic' ? 'charge.expired' : 'charge.refunded';
  tx.update(type, held, { ...held, amount_refunded: held.amount, refunded: true });
}
