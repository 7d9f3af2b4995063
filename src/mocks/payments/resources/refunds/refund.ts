import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money } from '../amounts.ts';
import { newBalanceTransaction } from '../balance/transaction.ts';
import type { createParams } from './index.ts';

type Given = Params<typeof createParams>;

/** Never more than was captured and is not yet paid back. */
export function refund(given: Given, tx: Transaction): Stripe.Refund {
  const charge = chargeOf(given, tx);
  const left = charge.amount_captured - charge.amount_refunded;
  if (charge.refunded || left <= 0) throw alreadyRefunded(charge);
  const amount = given.amount ?? left;
  if (amount > left) throw tooMuch(amount, left, charge);
  const made = newRefund(charge, amount, given, tx);
  const amount_refunded = charge.amount_refunded + amount;
  const after = { ...charge, amount_refunded, refunded: amount_refunded === charge.amount_captured };
  tx.moved = { amount: -amount, currency: charge.currency };
  tx.put(made);
  tx.emit('refund.created', made);
  tx.update('charge.refunded', charge, after);
  return made;
}

function newRefund(charge: Stripe.Charge, amount: number, given: Given, tx: Transaction): Stripe.Refund {
  const id = tx.id('re');
  return {
    id,
    object: 'refund',
    amount,
    balance_transaction: newBalanceTransaction({ id, amount, currency: charge.currency }, 'refund', tx).id,
    charge: charge.id,
    created: tx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: mergeMetadata(null, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  } satisfies Stripe.Refund;
}

function chargeOf({ charge, payment_intent }: Given, tx: Transaction): Stripe.Charge {
  if (charge !== undefined && payment_intent !== undefined) {
    const found = tx.get('charge', charge, 'charge');
    if (found.payment_intent === payment_intent) return found;
    throw invalid(
      `The charge ${charge} does not belong to the payment intent ${payment_intent}.`,
      undefined,
      'payment_intent',
    );
  }
  if (charge !== undefined) return succeeded(tx.get('charge', charge, 'charge'));
  if (payment_intent === undefined) throw missingParameter('payment_intent');
  const intent = tx.get('payment_intent', payment_intent, 'payment_intent');
  const latest = intent.latest_charge === null ? undefined : tx.find('charge', intent.latest_charge as string);
  if (intent.status === 'succeeded' && latest) return latest;
  throw invalid(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    'payment_intent_unexpected_state',
    'payment_intent',
  );
}

function succeeded(charge: Stripe.Charge): Stripe.Charge {
  if (charge.status === 'succeeded' && charge.captured) return charge;
  const why = charge.status === 'failed' ? 'has failed' : 'has not been captured';
  throw invalid(`Charge ${charge.id} ${why}, so it can't be refunded.`, 'charge_not_refundable', 'charge');
}

function alreadyRefunded({ id }: Stripe.Charge): Error {
  return invalid(`Charge ${id} has already been refunded.`, 'charge_already_refunded');
}

function tooMuch(amount: number, left: number, { currency }: Stripe.Charge): Error {
  const message = `Refund amount (${money(amount, currency)}) is greater than unrefunded amount on charge (${money(left, currency)})`;
  return invalid(message, undefined, 'amount');
}
