import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveCoupon } from '../coupons/coupon.ts';
import type { createParams } from './params.ts';

export function newPromotionCode(given: Params<typeof createParams>, tx: Transaction): Stripe.PromotionCode {
  const coupon = liveCoupon(tx, given.promotion.coupon, 'promotion[coupon]');
  const id = tx.id('promo');
  const code = given.code ?? id.slice(-8).toUpperCase();
  for (const other of tx.where('promotion_code', 'code', code)) {
    if (!isUsable(other, tx.now)) continue;
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, 'resource_already_exists', 'code');
  }
  return {
    id,
    object: 'promotion_code',
    active: given.active ?? true,
    code,
    created: tx.now,
    customer: given.customer ?? null,
    customer_account: null,
    expires_at: given.expires_at ?? null,
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

export function isUsable(code: Stripe.PromotionCode, now: number): boolean {
  return (
    code.active &&
    (code.expires_at === null || now <= code.expires_at) &&
    (code.max_redemptions === null || code.times_redeemed < code.max_redemptions)
  );
}
