import type { Stripe } from 'stripe';
import { monthsLater } from '../../billing/months.ts';
import type { Of } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { discountsParam } from './params.ts';
import { type Chosen, count, type Purchase, redeemable } from './redeem.ts';

/** What a discount is given to. */
interface Owner {
  readonly customer: string;
  readonly subscription?: string;
  readonly invoice?: string;
}

/** The ids of the discounts that these parameters stand for; what is new is redeemed for this purchase, and told. */
export function redeemAll(
  given: Of<typeof discountsParam>,
  owner: Owner,
  purchase: Omit<Purchase, 'customer'>,
  tx: Transaction,
): string[] {
  return given.map(({ discount, ...chosen }, place) => {
    const param = `discounts[${place}]`;
    if (discount !== undefined) return tx.get('discount', discount, `${param}[discount]`).id;
    return redeem(chosen, owner, { ...purchase, customer: owner.customer }, param, tx).id;
  });
}

export function couponOf({ source }: Stripe.Discount, tx: Transaction): Stripe.Coupon {
  return tx.get('coupon', source.coupon as string);
}

function redeem(
  chosen: Chosen,
  { customer, subscription = undefined, invoice = undefined }: Owner,
  purchase: Purchase,
  param: string,
  tx: Transaction,
): Stripe.Discount {
  const coupon = redeemable(chosen, purchase, param, tx);
  count(coupon, chosen.promotion_code ?? null, tx);
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
    promotion_code: chosen.promotion_code ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: tx.now,
    subscription: subscription ?? null,
    subscription_item: null,
  } satisfies Stripe.Discount);
  tx.emit('customer.discount.created', discount);
  return discount;
}
