import type { Stripe } from 'stripe';

/** Not where nothing is to be paid now, and nobody said that a card is asked for nevertheless. */
export function needsCard(
  session: Pick<Stripe.Checkout.Session, 'amount_total' | 'mode' | 'payment_method_collection'>,
) {
  const { amount_total, mode, payment_method_collection: when } = session;
  return mode === 'setup' || amount_total !== 0 || when !== 'if_required';
}
