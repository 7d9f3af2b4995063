import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { monthsLater } from '../../billing/months.ts';
import type { Of } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isRedeemable, liveCoupon } from '../coupons/coupon.ts';
import { isUsable } from '../promotion-codes/promotion-code.ts';
import type { discountsParam } from './params.ts';

/** What a discount is given to. */
interface Owner {
  readonly customer: string;
  readonly subscription?: string;
  readonly invoice?: string;
}

/** The ids of the discounts that these parameters stand for; what is new is redeemed, and told. */
export function redeemAll(given: Of<typeof discountsParam>, owner: Owner, tx: Transaction): string[] {
  return given.map(({ coupon, discount, promotion_code }, place) => {
    const param = `discounts[${place}]`;
    if (discount !== undefined) return tx.get('discount', discount, `${param}[discount]`).id;
    if (promotion_code !== undefined) return redeemCode(promotion_code, owner, param, tx).id;
    if (coupon !== undefined) return redeem(liveCoupon(tx, coupon, `${param}[coupon]`), null, owner, param, tx).id;
    throw invalid('You must pass one of coupon, discount or promotion_code.', undefined, param);
  });
}

export function couponOf({ source }: Stripe.Discount, tx: Transaction): Stripe.Coupon {
  return tx.get('coupon', source.coupon as string);
}

function redeemCode(id: string, owner: Owner, param: string, tx: Transaction): Stripe.Discount {
  const code = tx.get('promotion_code', id, `${param}[promotion_code]`);
  const isFor = code.customer === null || code.customer === owner.customer;
  if (!isFor || !isUsable(code, tx.now)) {
    throw invalid('This promotion code cannot be redeemed.', 'promotion_code_expired', `${param}[promotion_code]`);
  }
  tx.put({ ...code, times_redeemed: code.times_redeemed + 1 });
  return redeem(liveCoupon(tx, code.promotion.coupon as string, param), id, owner, param, tx);
}

function redeem(
  coupon: Stripe.Coupon,
  promotion_code: string | null,
  { customer, subscription = undefined, invoice = undefined }: Owner,
  param: string,
  tx: Transaction,
): Stripe.Discount {
  if (!isRedeemable(coupon, tx.now)) throw invalid(`Coupon expired: ${coupon.id}`, 'coupon_expired', param);
  const redeemed = { ...coupon, times_redeemed: coupon.times_redeemed + 1 };
  tx.put({ ...redeemed, valid: isRedeemable(redeemed, tx.now) });
  const months = coupon.duration_in_months;
  const discount = tx.put({
    id: tx.id('di'),
    object: 'discount',
    checkout_session: null,
    customer,
    customer_account: null,
    end: months === null ? null : monthsLater(tx.now, months),
    invoice: invoice ?? null,
    invoice_item: null,
    promotion_code,
    source: { coupon: coupon.id, type: 'coupon' },
    start: tx.now,
    subscription: subscription ?? null,
    subscription_item: null,
  } satisfies Stripe.Discount);
  tx.emit('customer.discount.created', discount);
  return discount;
}
