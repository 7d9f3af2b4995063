import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isActive, isSameCode } from './promotion-code.ts';

/** The code that somebody has typed on a page, in whatever case: their own before that of everybody. */
export function codeTyped(
  typed: string,
  customer: string | null,
  tx: Transaction,
): { readonly promotion_code: string } {
  const codes = [...tx.all('promotion_code')].filter(({ code }) => isSameCode(code, typed));
  const active = codes.filter((code) => isActive(code, tx));
  const of = (whose: string | null): Stripe.PromotionCode | undefined => active.find((code) => code.customer === whose);
  // That of another customer is refused with its reason.
  const found = of(customer) ?? of(null) ?? active[0];
  if (found) return { promotion_code: found.id };
  throw invalid('This code is invalid.');
}
