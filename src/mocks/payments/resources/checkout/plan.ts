import type { Stripe } from 'stripe';
import type { Of, Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { createParams } from './params.ts';

type Created = Params<typeof createParams>;

/** What a session will do when it is completed, which Stripe doesn't show. */
export interface CheckoutPlan {
  /** `<id of the session>.plan` */
  readonly id: string;
  readonly object: 'devenv.plan';
  readonly lineItems: readonly Stripe.LineItem[];
  readonly paymentIntent: NonNullable<Created['payment_intent_data']>;
  readonly setupIntent: NonNullable<Of<(typeof createParams)['setup_intent_data']>>;
  readonly subscription: NonNullable<Created['subscription_data']>;
  /** The intent that pays, or that saves the card; null as long as nobody has tried. */
  readonly tried: string | null;
  /** The subscription that waits to be paid for the first time, or is. */
  readonly begun: string | null;
}

export function planOf({ id }: Pick<Stripe.Checkout.Session, 'id'>, tx: Transaction): CheckoutPlan {
  return tx.get('devenv.plan', planId(id));
}

/** By the intent that is tried the session is found again. */
export function note(
  session: Pick<Stripe.Checkout.Session, 'id'>,
  what: Partial<Pick<CheckoutPlan, 'tried' | 'begun'>>,
  tx: Transaction,
): void {
  tx.put({ ...planOf(session, tx), ...what });
}

/** The session that an intent pays for, if any. */
export function sessionOf(intent: { readonly id: string }, tx: Transaction): Stripe.Checkout.Session | undefined {
  for (const { id } of tx.where('devenv.plan', 'tried', intent.id)) {
    return tx.find('checkout.session', id.slice(0, -planId('').length));
  }
  return undefined;
}

export function planId(session: string): string {
  return `${session}.plan`;
}
