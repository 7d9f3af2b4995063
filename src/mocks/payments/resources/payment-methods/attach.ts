import type { Stripe } from 'stripe';
import { ApiError, invalid } from '../../api/errors.ts';
import { cardOf } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCustomer } from '../customers/live.ts';

/** Saves a payment method with a customer. Cards that decline can't be saved, as Stripe asks their bank. */
export function attach(method: Stripe.PaymentMethod, customer: string, tx: Transaction): Stripe.PaymentMethod {
  liveCustomer(tx, customer);
  if (method.customer === customer) return method;
  if (method.customer !== null) {
    throw invalid(
      'The payment method you provided has already been attached to a customer.',
      'payment_method_unexpected_state',
      undefined,
      { payment_method: method },
    );
  }
  refuseUsed(method, tx);
  const { decline, attaches } = cardOf(method.card?.fingerprint);
  if (decline && !attaches) throw new ApiError(402, { type: 'card_error', ...decline });
  return attached(method, customer, tx);
}

/** The same for one that has just been paid with. */
export function attached(method: Stripe.PaymentMethod, customer: string, tx: Transaction): Stripe.PaymentMethod {
  if (method.customer !== null) return method;
  const after = tx.put({ ...method, customer });
  tx.emit('payment_method.attached', after);
  return after;
}

export function detach(method: Stripe.PaymentMethod, tx: Transaction): Stripe.PaymentMethod {
  if (method.customer === null) {
    throw invalid(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method_unexpected_state',
    );
  }
  tx.put({ id: `${method.id}.detached`, object: 'devenv.detached' });
  forgetDefault(method, tx);
  return tx.update('payment_method.detached', method, { ...method, customer: null });
}

/** A customer no longer pays with it by default. */
function forgetDefault({ id, customer: owner }: Stripe.PaymentMethod, tx: Transaction): void {
  const customer = tx.find('customer', owner as string);
  if (!customer || customer.deleted || customer.invoice_settings.default_payment_method !== id) return;
  tx.put({ ...customer, invoice_settings: { ...customer.invoice_settings, default_payment_method: null } });
}

/** One that belongs to nobody is paid with once. */
export function refuseUsed(method: Stripe.PaymentMethod, tx: Transaction): void {
  if (method.customer !== null) return;
  const [charge] = [...tx.where('charge', 'payment_method', method.id)].filter(({ paid }) => paid);
  if (!charge && !tx.find('devenv.detached', `${method.id}.detached`)) return;
  throw invalid(
    'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a ' +
      'connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a ' +
      'PaymentMethod multiple times, you must attach it to a Customer first.',
  );
}
