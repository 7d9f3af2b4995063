import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import type { Priced } from '../../billing/amounts.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { amountText } from './amount-text.ts';
import type { createParams } from './params.ts';

type Tier = Stripe.Price.Tier;
type Given = Params<typeof createParams>;

/** The tiers of a price, which Stripe shows only if they are expanded. */
export interface PriceTiers {
  /** `<id of the price>.tiers` */
  readonly id: string;
  readonly object: 'devenv.tiers';
  readonly tiers: Tier[];
}

export function keepTiers(price: string, tiers: Tier[], tx: Transaction): void {
  tx.put({ id: idOf(price), object: 'devenv.tiers', tiers });
}

/** Undefined for a price that has none. */
export function tiersOf({ id }: Pick<Stripe.Price, 'id'>, tx: Transaction): Tier[] | undefined {
  return tx.find('devenv.tiers', idOf(id))?.tiers;
}

/** A price as far as an amount is computed of it. */
export function priced(price: Stripe.Price, tx: Transaction): Priced {
  const tiers = tiersOf(price, tx);
  return tiers ? { ...price, tiers } : price;
}

/** Null where the price is per unit. */
export function newTiers(given: Given): Tier[] | null {
  const { billing_scheme, tiers, tiers_mode, recurring, unit_amount, unit_amount_decimal } = given;
  if (billing_scheme !== 'tiered') {
    if (!tiers && !tiers_mode) return null;
    throw invalid('You must set `billing_scheme=tiered` to use `tiers`.', undefined, tiers ? 'tiers' : 'tiers_mode');
  }
  if (!tiers?.length) throw missingParameter('tiers');
  if (!tiers_mode) throw missingParameter('tiers_mode');
  if (unit_amount !== undefined || unit_amount_decimal !== undefined) {
    throw invalid('You cannot set `unit_amount` when `billing_scheme=tiered`.', undefined, 'unit_amount');
  }
  if (!recurring) throw unsupported('tiered prices that are paid once', 'billing_scheme');
  return tiers.map((tier, place) => {
    checkBounds(tiers, place);
    return newTier(tier, `tiers[${place}]`);
  });
}

function checkBounds(tiers: NonNullable<Given['tiers']>, place: number): void {
  const [before, bound] = [tiers[place - 1]?.up_to ?? 0, tiers[place]?.up_to as number | 'inf'];
  const isLast = place === tiers.length - 1;
  const param = `tiers[${place}][up_to]`;
  if (isLast !== (bound === 'inf')) throw invalid('The last tier, and no other, has `up_to=inf`.', undefined, param);
  if (bound === 'inf' || bound > (before as number)) return;
  throw invalid('Each tier must go up to more than the one before it.', undefined, param);
}

function newTier(given: NonNullable<Given['tiers']>[number], param: string): Tier {
  const unit = amountText(given.unit_amount, given.unit_amount_decimal, `${param}[unit_amount]`);
  const flat = amountText(given.flat_amount, given.flat_amount_decimal, `${param}[flat_amount]`);
  if (unit === null && flat === null) throw missingParameter(`${param}[unit_amount]`);
  return {
    flat_amount: whole(flat),
    // Text on the wire; only the SDK makes a Decimal of it.
    flat_amount_decimal: flat as unknown as Stripe.Decimal,
    unit_amount: whole(unit),
    unit_amount_decimal: unit as unknown as Stripe.Decimal,
    up_to: given.up_to === 'inf' ? null : given.up_to,
  };
}

function whole(amount: string | null): number | null {
  return amount === null || !Number.isInteger(Number(amount)) ? null : Number(amount);
}

function idOf(price: string): string {
  return `${price}.tiers`;
}
