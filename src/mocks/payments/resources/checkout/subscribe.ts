import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { attached } from '../payment-methods/attach.ts';
import { createSubscription } from '../subscriptions/create.ts';
import type { Payer } from './complete.ts';
import { planId } from './plan.ts';
import type { Session } from './session.ts';

/** Begins the subscription that was chosen, paid with this card from now on. A card that doesn't pay leaves nothing. */
export function completeSubscription(session: Session, { method }: Payer, tx: Transaction): Session {
  const customer = session.customer as string;
  attached(method, customer, tx);
  const plan = tx.find('devenv.plan', planId(session.id));
  const items = plan?.lineItems ?? [];
  const subscription = createSubscription(
    {
      ...plan?.subscription,
      customer,
      items: items
        .filter(isRecurring)
        .map(({ price, quantity }) => ({ price: price?.id as string, quantity: quantity ?? 1 })),
      add_invoice_items: items
        .filter((item) => !isRecurring(item))
        .map(({ price, quantity }) => ({ price: price?.id as string, quantity: quantity ?? 1 })),
      default_payment_method: method.id,
      payment_behavior: 'error_if_incomplete',
    },
    tx,
  );
  tx.unschedule(session.id);
  const after = tx.put({
    ...session,
    invoice: subscription.latest_invoice,
    payment_status: session.amount_total === 0 ? 'no_payment_required' : 'paid',
    status: 'complete',
    subscription: subscription.id,
    url: null,
  } satisfies Session);
  tx.emit('checkout.session.completed', after);
  return after;
}

function isRecurring({ price }: Stripe.LineItem): boolean {
  return price?.type === 'recurring';
}
