import type { Transaction } from '../../store/transaction.ts';
import type { Chosen } from '../discounts/redeem.ts';
import { abandon } from '../payment-intents/authenticate.ts';
import { withAmounts } from './discount.ts';
import { planOf } from './plan.ts';
import type { Session } from './session.ts';

/** Another price on the page. Whoever is asked by 3-D Secure meanwhile is asked for the old one, which is taken no more. */
export function reprice(session: Session, chosen: Chosen | null, tx: Transaction): void {
  const after = tx.put(withAmounts(session, chosen, tx));
  const intent = tx.find('payment_intent', planOf(after, tx).tried ?? '');
  if (intent && intent.amount !== after.amount_total) abandon(intent, tx);
}
