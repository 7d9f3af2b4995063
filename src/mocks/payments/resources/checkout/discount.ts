import type { Stripe } from 'stripe';
import { invalid, refusalOf } from '../../api/errors.ts';
import { sum, takeOff } from '../../billing/take-off.ts';
import type { Transaction } from '../../store/transaction.ts';
import { money, smallestAmount } from '../amounts.ts';
import { termsOf } from '../coupons/coupon.ts';
import { type Chosen, count, redeemable } from '../discounts/redeem.ts';
import { type CheckoutPlan, planOf } from './plan.ts';

type Session = Stripe.Checkout.Session;

/** What is to be paid now, with what the coupon or code takes off; null: nothing. Of what is tried out first, nothing. */
export function withAmounts(session: Session, chosen: Chosen | null, tx: Transaction): Session {
  if (session.mode === 'setup') return session;
  const plan = planOf(session, tx);
  const now = plan.lineItems.map((item) => (isPaidNow(item, plan) ? item.amount_subtotal : 0));
  const coupon = chosen && couponFor(session, chosen, sum(now), tx);
  const off = offOf(plan.lineItems, now, coupon);
  const shipping = session.shipping_cost?.amount_total ?? 0;
  const total = sum(now) - sum(off) + shipping;
  if (session.mode === 'payment') checkTotal(total, session.currency as string);
  tx.put({ ...plan, lineItems: plan.lineItems.map((item, place) => lessening(item, off[place] ?? 0)) });
  return {
    ...session,
    amount_subtotal: sum(now),
    amount_total: total,
    discounts: chosen ? [{ coupon: chosen.coupon ?? null, promotion_code: chosen.promotion_code ?? null }] : [],
    payment_status: total === 0 ? 'no_payment_required' : 'unpaid',
    total_details: { amount_discount: sum(off), amount_shipping: shipping, amount_tax: 0 },
  };
}

/** What costs nothing is given away; what costs less than can be charged is refused. */
function checkTotal(total: number, currency: string): void {
  const smallest = smallestAmount(currency);
  if (total >= smallest || total === 0) return;
  const least = `${money(smallest, currency)} ${currency}`;
  throw invalid(`The Checkout Session's total amount due must add up to at least ${least}`, 'amount_too_small');
}

/** The one that is taken off, as it was given; null: none. */
export function chosenOf({ discounts }: Session): Chosen | null {
  const [discount] = discounts ?? [];
  if (!discount) return null;
  const { coupon, promotion_code } = discount;
  return promotion_code ? { promotion_code: promotion_code as string } : { coupon: coupon as string };
}

/** `SAVE10 (10% off)`; null where nothing is taken off. */
export function offText(session: Session, tx: Transaction): string | null {
  const chosen = chosenOf(session);
  if (!chosen) return null;
  const code = chosen.promotion_code === undefined ? undefined : tx.find('promotion_code', chosen.promotion_code);
  const coupon = tx.get('coupon', (code?.promotion.coupon ?? chosen.coupon) as string);
  const { amount_off, currency, percent_off } = coupon;
  const off = percent_off === null ? money(amount_off ?? 0, currency ?? 'usd') : `${percent_off}%`;
  return `${code?.code ?? coupon.name ?? coupon.id} (${off} off)`;
}

/** What has come in between, such as that others were faster: a sentence for whoever pays. */
export function whyNotRedeemed(session: Session, tx: Transaction): string | null {
  const chosen = chosenOf(session);
  if (!chosen) return null;
  return refusalOf(() => couponFor(session, chosen, session.amount_subtotal ?? 0, tx))?.message ?? null;
}

/** For a payment; a subscription redeems what it begins with. */
export function redeemOnce(session: Session, tx: Transaction): void {
  const chosen = chosenOf(session);
  const code = chosen?.promotion_code ?? null;
  const id = code === null ? chosen?.coupon : tx.get('promotion_code', code).promotion.coupon;
  if (id) count(tx.get('coupon', id as string), code, tx);
}

function couponFor({ currency, customer }: Session, chosen: Chosen, amount: number, tx: Transaction): Stripe.Coupon {
  const purchase = { amount, currency: currency as string, customer: customer as string | null };
  return redeemable(chosen, purchase, 'discounts[0]', tx);
}

function offOf(
  items: readonly Stripe.LineItem[],
  now: readonly number[],
  coupon: Stripe.Coupon | null,
): readonly number[] {
  const lines = items.map(({ price }, place) => ({
    amount: now[place] as number,
    discountable: true,
    product: (price?.product ?? null) as string | null,
  }));
  return takeOff(lines, coupon ? [termsOf(coupon)] : []).map((parts) => sum(parts));
}

function lessening(item: Stripe.LineItem, off: number): Stripe.LineItem {
  return { ...item, amount_discount: off, amount_total: item.amount_subtotal - off };
}

function isPaidNow({ price }: Stripe.LineItem, { subscription }: CheckoutPlan): boolean {
  const isTried = subscription.trial_end !== undefined || subscription.trial_period_days !== undefined;
  return !isTried || price?.type !== 'recurring';
}
