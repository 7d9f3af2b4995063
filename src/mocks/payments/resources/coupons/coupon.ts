import type { Stripe } from 'stripe';
import { invalid, missing } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Terms } from '../../billing/take-off.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { futureTime } from '../app-time.ts';
import type { createParams } from './params.ts';

type Given = Params<typeof createParams>;

export function newCoupon(given: Given, tx: Transaction): Stripe.Coupon {
  check(given);
  const id = given.id ?? tx.id('coupon').slice('coupon_'.length, 'coupon_'.length + 8);
  if (tx.find('coupon', id) && !isDeleted(tx, id))
    throw invalid('Coupon already exists.', 'resource_already_exists', 'id');
  if (isDeleted(tx, id)) tx.remove(`${id}.deleted`);
  return {
    id,
    object: 'coupon',
    amount_off: given.amount_off ?? null,
    created: tx.now,
    currency: given.amount_off === undefined ? null : (given.currency as string),
    duration: given.duration ?? 'once',
    duration_in_months: given.duration_in_months ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata({}, given.metadata),
    name: given.name ?? null,
    percent_off: given.percent_off === undefined ? null : Number(given.percent_off),
    redeem_by: given.redeem_by === undefined ? null : futureTime(given.redeem_by, 'redeem_by', tx),
    times_redeemed: 0,
    valid: true,
    ...(given.applies_to?.products && { applies_to: { products: [...given.applies_to.products] } }),
  } satisfies Stripe.Coupon;
}

export function liveCoupon(tx: Transaction, id: string, param = 'id'): Stripe.Coupon {
  const coupon = tx.get('coupon', id, param);
  if (isDeleted(tx, id)) throw missing('coupon', id, param);
  return coupon;
}

export function isDeleted(tx: Transaction, id: string): boolean {
  return tx.find('devenv.deleted', `${id}.deleted`) !== undefined;
}

/** Whether it may still be redeemed; those who have it keep it. */
export function isRedeemable(coupon: Stripe.Coupon, now: number): boolean {
  return (
    (coupon.redeem_by === null || now <= coupon.redeem_by) &&
    (coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions)
  );
}

export function termsOf({ percent_off, amount_off, applies_to }: Stripe.Coupon): Terms {
  return { percentOff: percent_off, amountOff: amount_off, products: applies_to?.products ?? null };
}

function check({ amount_off, percent_off, currency, duration, duration_in_months }: Given): void {
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalid('You must pass either percent_off or amount_off, and not both.');
  }
  if (amount_off !== undefined && currency === undefined) throw missingParameter('currency');
  if (percent_off !== undefined && !(Number(percent_off) > 0 && Number(percent_off) <= 100)) {
    throw invalid(`Invalid percent_off: ${percent_off}; must be in (0, 100].`, undefined, 'percent_off');
  }
  if ((duration === 'repeating') !== (duration_in_months !== undefined)) {
    const message = 'You must pass duration_in_months with duration=repeating, and only then.';
    throw invalid(message, undefined, 'duration_in_months');
  }
}
