import type { Stripe } from 'stripe';
import type { TestCard } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Attempt } from './confirm.ts';
import { type Intent, unexpectedState } from './intent.ts';
import { pay, refused } from './pay.ts';

interface Asked {
  readonly card: TestCard;
  readonly method: Stripe.PaymentMethod;
  readonly intent: Pick<Intent, 'id'>;
  readonly offSession: boolean;
  readonly wanted: string | null | undefined;
}

/** Whether 3-D Secure comes first: https://docs.stripe.com/testing#authentication-and-setup */
export function needsAuthentication({ card, method, intent, offSession, wanted }: Asked, tx: Transaction): boolean {
  if (tx.find('devenv.authenticated', `${intent.id}.authenticated`)) return false;
  switch (card.authentication) {
    case 'never':
      return !offSession && (wanted === 'any' || wanted === 'challenge') && card.brand !== 'amex';
    case 'always':
      return true;
    case 'on-session':
      return !offSession;
    case 'unless-set-up':
      return !offSession || !tx.find('devenv.authenticated', `${method.id}.authenticated`);
  }
}

/** Notes of a payment method that it was set up, or of an intent that its customer was asked. */
export function markAuthenticated(id: string, tx: Transaction): void {
  tx.put({ id: `${id}.authenticated`, object: 'devenv.authenticated' });
}

export function askToAuthenticate(intent: Intent, returnUrl: string | null, tx: Transaction): Intent {
  const after = tx.put({ ...intent, status: 'requires_action', next_action: nextAction(intent, returnUrl, tx) });
  tx.emit('payment_intent.requires_action', after);
  return after;
}

/** A page of the mock; without an address to return to, Stripe.js would show it itself. */
export function nextAction(
  { id, client_secret }: { readonly id: string; readonly client_secret: string | null },
  returnUrl: string | null,
  tx: Transaction,
): Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction {
  const url = `${tx.publicUrl}/pay/authenticate/${id}?client_secret=${client_secret}`;
  if (returnUrl !== null) return { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } };
  const use_stripe_sdk = { type: 'three_d_secure_redirect', stripe_js: url };
  return { type: 'use_stripe_sdk', use_stripe_sdk } as Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction;
}

/** The customer has been asked, and did or didn't prove to be who they are. */
export function authenticated(intent: Intent, succeeded: boolean, tx: Transaction): Attempt {
  if (intent.status !== 'requires_action')
    throw unexpectedState(intent, 'This PaymentIntent waits for no authentication.');
  const method = tx.get('payment_method', intent.payment_method as string, 'payment_method');
  if (!succeeded) return refused(intent, method, NOT_AUTHENTICATED, tx);
  if (intent.confirmation_method !== 'manual') return pay(intent, method, true, tx);
  // The server has to confirm once more, and nobody is asked again.
  markAuthenticated(intent.id, tx);
  return { intent: tx.put({ ...intent, status: 'requires_confirmation', next_action: null }), error: null };
}

/** Nobody waits for the customer's proof any more; to be paid, it has to be confirmed anew. */
export function abandon(intent: Intent, tx: Transaction): void {
  if (intent.status !== 'requires_action') return;
  tx.put({ ...intent, status: 'requires_payment_method', payment_method: null, next_action: null });
}

const NOT_AUTHENTICATED = {
  code: 'payment_intent_authentication_failure',
  message:
    'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to ' +
    'attempt to fulfill this PaymentIntent again.',
};
