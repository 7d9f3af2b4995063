import type { Stripe } from 'stripe';
import type { Of, Params } from '../../params/kind.ts';
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
}

export function planId(session: string): string {
  return `${session}.plan`;
}
