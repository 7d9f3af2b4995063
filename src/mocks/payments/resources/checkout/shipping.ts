import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { newShippingRate } from '../shipping-rates/index.ts';
import type { createParams } from './params.ts';

type Session = Stripe.Checkout.Session;
type Option = Stripe.Checkout.Session.ShippingOption;
type Given = Params<typeof createParams>;

/** What may be chosen: https://docs.stripe.com/payments/during-payment/charge-shipping */
export function shippingOptions(
  { shipping_options: given = [], mode }: Given,
  currency: string,
  tx: Transaction,
): Option[] {
  if (given.length > 0 && mode !== 'payment') {
    throw invalid('You can only use `shipping_options` in `payment` mode.', undefined, 'shipping_options');
  }
  return given.map(({ shipping_rate: id, shipping_rate_data: data }, place) => {
    const param = `shipping_options[${place}]`;
    if (id === undefined && !data) throw missingParameter(`${param}[shipping_rate]`);
    const rate = data ? newShippingRate(data, tx) : tx.get('shipping_rate', id as string, `${param}[shipping_rate]`);
    if (!rate.active) throw invalid('The shipping rate specified is inactive.', undefined, `${param}[shipping_rate]`);
    if (rate.fixed_amount?.currency !== currency) {
      const message = 'A shipping rate must have the currency of the line items.';
      throw invalid(message, undefined, `${param}[shipping_rate]`);
    }
    return { shipping_amount: rate.fixed_amount.amount, shipping_rate: rate.id };
  });
}

/** What the chosen one costs; null where there is none. */
export function costOf(option: Option | undefined): Session['shipping_cost'] {
  if (!option) return null;
  const { shipping_amount: amount, shipping_rate } = option;
  return { amount_subtotal: amount, amount_tax: 0, amount_total: amount, shipping_rate };
}

/** The option that was chosen on the page. */
export function withShipping(session: Session, rate: string): Session {
  const option = session.shipping_options.find((one) => one.shipping_rate === rate);
  if (!option) throw invalid('This way of shipping is not offered.');
  return { ...session, shipping_cost: costOf(option) };
}
