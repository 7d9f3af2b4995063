import type { Stripe } from 'stripe';

type Tier = Stripe.Price.Tier;

/** What one tier takes, in the smallest unit of the currency. */
export interface TierPart {
  readonly tier: Tier;
  /** Counted from 1. */
  readonly number: number;
  readonly quantity: number;
  /** For all that are in it. */
  readonly units: number;
  readonly flat: number;
}

/**
 * The tiers that a quantity reaches: with `graduated` each takes for what is in it, with `volume` the last one for all. The
 * first is reached by none, too: https://docs.stripe.com/products-prices/pricing-models#tiered-pricing
 */
export function tierParts(tiers: readonly Tier[], mode: Stripe.Price['tiers_mode'], quantity: number): TierPart[] {
  const last = tiers.findIndex(({ up_to }) => up_to === null || quantity <= up_to);
  if (mode === 'volume') return [partOf(tiers, last, quantity)];
  return tiers.slice(0, last + 1).map((_, place) => {
    const before = place === 0 ? 0 : (tiers[place - 1]?.up_to as number);
    const end = place === last ? quantity : (tiers[place]?.up_to as number);
    return partOf(tiers, place, end - before);
  });
}

function partOf(tiers: readonly Tier[], place: number, quantity: number): TierPart {
  const tier = tiers[place] as Tier;
  const { unit_amount, unit_amount_decimal, flat_amount, flat_amount_decimal } = tier;
  return {
    tier,
    number: place + 1,
    quantity,
    units: Math.round(Number(unit_amount ?? unit_amount_decimal ?? 0) * quantity),
    flat: Math.round(Number(flat_amount ?? flat_amount_decimal ?? 0)),
  };
}
