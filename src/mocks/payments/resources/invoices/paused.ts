import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { giveUp, voidInvoice } from './close.ts';
import { finalize } from './finalize.ts';

/** While collection is paused: https://docs.stripe.com/billing/subscriptions/pause-payment */
export function giveUpDraft(draft: Stripe.Invoice, voids: boolean, tx: Transaction): void {
  const open = finalize(draft, tx);
  if (open.status !== 'open') return;
  if (voids) voidInvoice(open, tx);
  else giveUp(open, tx);
}
