import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { futureTime } from '../app-time.ts';
import { isDeleted, isRedeemable, liveCoupon } from '../coupons/coupon.ts';
import { liveCustomer } from '../customers/live.ts';
import type { createParams } from './params.ts';

type Given = Params<typeof createParams>;

export function newPromotionCode(given: Given, tx: Transaction): Stripe.PromotionCode {
  const coupon = liveCoupon(tx, given.promotion.coupon, 'promotion[coupon]');
  const expires_at = given.expires_at === undefined ? null : futureTime(given.expires_at, 'expires_at', tx);
  check(given, expires_at, coupon, tx);
  const id = tx.id('promo');
  const code = given.code ?? id.slice(-8).toUpperCase();
  const active = given.active ?? true;
  const customer = given.customer ?? null;
  if (active) refuseDuplicate({ id, code, customer }, tx);
  return {
    id,
    object: 'promotion_code',
    active,
    code,
    created: tx.now,
    customer,
    customer_account: null,
    expires_at,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata({}, given.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: {
      first_time_transaction: given.restrictions?.first_time_transaction ?? false,
      minimum_amount: given.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: given.restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  } satisfies Stripe.PromotionCode;
}

/**
 * Of those that are active each customer has a code once, in whatever case, and so has everybody:
 * https://docs.stripe.com/api/promotion_codes/create#create_promotion_code-code
 */
export function refuseDuplicate(
  { id, code, customer }: Pick<Stripe.PromotionCode, 'id' | 'code' | 'customer'>,
  tx: Transaction,
): void {
  for (const other of tx.all('promotion_code')) {
    const isSame = other.customer === customer && isSameCode(other.code, code);
    if (other.id === id || !isSame || !isActive(other, tx)) continue;
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, 'resource_already_exists', 'code');
  }
}

/** Nobody has to mind the case of what they type. */
export function isSameCode(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether it may be redeemed by somebody: a code is no better than its coupon. */
export function isActive(code: Stripe.PromotionCode, tx: Transaction): boolean {
  const coupon = tx.find('coupon', code.promotion.coupon as string);
  return (
    code.active &&
    (code.expires_at === null || tx.now <= code.expires_at) &&
    (code.max_redemptions === null || code.times_redeemed < code.max_redemptions) &&
    coupon !== undefined &&
    !isDeleted(tx, coupon.id) &&
    isRedeemable(coupon, tx.now)
  );
}

/** As it is shown: `active` ends by itself. */
export function withActive(code: Stripe.PromotionCode, tx: Transaction): Stripe.PromotionCode {
  return { ...code, active: isActive(code, tx) };
}

function check(
  { customer, max_redemptions, restrictions }: Given,
  expires_at: number | null,
  coupon: Stripe.Coupon,
  tx: Transaction,
): void {
  if (customer !== undefined) liveCustomer(tx, customer);
  if (expires_at !== null && coupon.redeem_by !== null && expires_at > coupon.redeem_by) {
    throw invalid("expires_at can't be later than the redeem_by of the coupon.", undefined, 'expires_at');
  }
  if ((max_redemptions ?? 0) > (coupon.max_redemptions ?? Number.POSITIVE_INFINITY)) {
    throw invalid("max_redemptions can't be more than that of the coupon.", undefined, 'max_redemptions');
  }
  const { minimum_amount, minimum_amount_currency } = restrictions ?? {};
  if (minimum_amount !== undefined && minimum_amount_currency === undefined) {
    throw missingParameter('restrictions[minimum_amount_currency]');
  }
  if (minimum_amount === undefined && minimum_amount_currency !== undefined) {
    throw missingParameter('restrictions[minimum_amount]');
  }
}
