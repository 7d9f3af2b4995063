import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { amountFor } from '../../billing/amounts.ts';
import type { Cycle } from '../../billing/months.ts';
import { sum } from '../../billing/take-off.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { createPrice, productIdOf } from '../prices/price.ts';
import { priced } from '../prices/tiers.ts';
import type { updateParams } from './params.ts';

type Item = Stripe.SubscriptionItem;
export type GivenItem = NonNullable<Params<typeof updateParams>['items']>[number];

export interface Period {
  readonly start: number;
  readonly end: number;
}

/** The price that is asked for, or that is made in passing. */
export function recurringPrice(given: GivenItem, param: string, tx: Transaction): Stripe.Price | null {
  const id = given.price ?? given.plan;
  const price = id === undefined ? passingPrice(given, tx) : tx.get('price', id, `${param}[price]`);
  if (!price) return null;
  if (!price.recurring) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      undefined,
      `${param}[price]`,
    );
  }
  return price;
}

/** Of those that somebody names; what a checkout has made for itself is never active. */
export function refuseInactive(items: readonly GivenItem[], tx: Transaction): void {
  items.forEach(({ price, plan }, place) => {
    const found = tx.find('price', price ?? plan ?? '');
    if (!found || found.active) return;
    const message = 'The price specified is inactive. This field only accepts active prices.';
    throw invalid(message, undefined, `items[${place}][price]`);
  });
}

function passingPrice({ price_data }: GivenItem, tx: Transaction): Stripe.Price | null {
  return price_data ? createPrice({ ...price_data, active: false }, tx) : null;
}

export function newItem(given: GivenItem, subscription: string, period: Period, place: number, tx: Transaction): Item {
  const param = `items[${place}]`;
  const price = recurringPrice(given, param, tx);
  if (!price) throw missingParameter(`${param}[price]`);
  return {
    id: tx.id('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: tx.now,
    ...during(period),
    current_trial: null,
    discounts: [],
    metadata: mergeMetadata({}, given.metadata),
    ...ofPrice(price),
    quantity: given.quantity ?? 1,
    subscription,
    tax_rates: [],
  } satisfies Item;
}

export function during({ start, end }: Period): Pick<Item, 'current_period_start' | 'current_period_end'> {
  return { current_period_start: start, current_period_end: end };
}

/** Stripe shows the price as the plan it once was, too. */
export function ofPrice(price: Stripe.Price): Pick<Item, 'price' | 'plan'> {
  const { interval, interval_count, trial_period_days } = price.recurring as Stripe.Price.Recurring;
  const plan = {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval,
    interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: productIdOf(price),
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days,
    usage_type: 'licensed',
  } satisfies Stripe.Plan;
  return { price, plan };
}

/** Of all its items: the mock has no subscription whose items are paid at different times. */
export function cycleOf(items: readonly Pick<Item, 'price'>[]): Cycle {
  const [first, ...others] = items.map(({ price }) => price.recurring as Stripe.Price.Recurring);
  if (!first) throw missingParameter('items');
  const { interval, interval_count } = first;
  if (others.some((other) => other.interval !== interval || other.interval_count !== interval_count)) {
    throw unsupported('items of one subscription with different intervals', 'items');
  }
  return { interval, interval_count };
}

/** Of one period, without discounts. */
export function worthOf(items: readonly Item[], tx: Transaction): number {
  return sum(items.map(({ price, quantity = 1 }) => amountFor(priced(price, tx), quantity)));
}

export function currencyOf(items: readonly Pick<Item, 'price'>[]): string {
  const [first, ...others] = items.map(({ price }) => price.currency);
  const other = others.find((one) => one !== first);
  if (other === undefined) return first as string;
  throw invalid(`All prices on a subscription must have the same currency: ${first} and ${other} differ.`);
}
