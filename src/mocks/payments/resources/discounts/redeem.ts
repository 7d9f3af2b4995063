import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isRedeemable, liveCoupon } from '../coupons/coupon.ts';
import { refuseCode } from '../promotion-codes/restrictions.ts';

/** One of the two. */
export interface Chosen {
  readonly coupon?: string;
  readonly promotion_code?: string;
}

/** What it is redeemed for. */
export interface Purchase {
  /** Before discounts, in the smallest unit of the currency. */
  readonly amount: number;
  readonly currency: string;
  /** Null: not known yet. */
  readonly customer: string | null;
}

/** The coupon that takes something off. Fails as Stripe does where it can't be redeemed; `param` is where it is given. */
export function redeemable(chosen: Chosen, purchase: Purchase, param: string, tx: Transaction): Stripe.Coupon {
  const coupon = couponFor(chosen, purchase, param, tx);
  if (!isRedeemable(coupon, tx.now)) throw invalid(`Coupon expired: ${coupon.id}`, 'coupon_expired', param);
  if (coupon.amount_off === null || coupon.currency === purchase.currency) return coupon;
  throw invalid(
    `The coupon ${coupon.id} takes off an amount in ${coupon.currency}, and can't be redeemed in ${purchase.currency}.`,
    undefined,
    param,
  );
}

function couponFor(chosen: Chosen, purchase: Purchase, param: string, tx: Transaction): Stripe.Coupon {
  if ((chosen.promotion_code === undefined) === (chosen.coupon === undefined)) {
    throw invalid('You must pass either coupon or promotion_code.', undefined, param);
  }
  if (chosen.promotion_code === undefined) return liveCoupon(tx, chosen.coupon as string, `${param}[coupon]`);
  const place = `${param}[promotion_code]`;
  const code = tx.get('promotion_code', chosen.promotion_code, place);
  refuseCode(code, purchase, place, tx);
  return liveCoupon(tx, code.promotion.coupon as string, place);
}

/** That it was redeemed, once more. */
export function count(coupon: Stripe.Coupon, code: string | null, tx: Transaction): void {
  const redeemed = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
  tx.put({ ...redeemed, valid: isRedeemable(redeemed, tx.now) });
  const promotion = code === null ? undefined : tx.find('promotion_code', code);
  if (promotion) tx.put({ ...promotion, times_redeemed: promotion.times_redeemed + 1 });
}
