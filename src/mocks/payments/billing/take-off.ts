/** A line of an invoice, as far as discounts are concerned. */
export interface Discountable {
  readonly amount: number;
  readonly discountable: boolean;
  readonly product: string | null;
}

/** What a coupon takes off: a part of a hundred, or an amount in the smallest unit of the currency. */
export interface Terms {
  readonly percentOff: number | null;
  readonly amountOff: number | null;
  /** Null: of all products. */
  readonly products: readonly string[] | null;
}

/**
 * What each discount takes off each line, `[line][discount]`: each of what those before it have left, as
 * https://docs.stripe.com/billing/subscriptions/coupons#stacking-discounts says.
 */
export function takeOff(lines: readonly Discountable[], discounts: readonly Terms[]): number[][] {
  const left = lines.map(({ amount, discountable }) => (discountable ? Math.max(0, amount) : 0));
  const off: number[][] = lines.map(() => []);
  for (const terms of discounts) {
    const weights = lines.map(({ product }, place) => (isOf(product, terms) ? (left[place] as number) : 0));
    apportion(wholeOf(terms, sum(weights)), weights).forEach((part, place) => {
      off[place]?.push(part);
      left[place] = (left[place] as number) - part;
    });
  }
  return off;
}

/** Whole numbers that add up to the total, each in proportion to its weight; no total is more than the weights. */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = sum(weights);
  if (all === 0) return weights.map(() => 0);
  const shares = weights.map((weight) => (total * weight) / all);
  const parts = shares.map(Math.floor);
  const byRest = shares.map((share, place) => ({ place, rest: share - Math.floor(share) }));
  byRest.sort((a, b) => b.rest - a.rest || a.place - b.place);
  let missing = total - sum(parts);
  for (const { place } of byRest) {
    if (missing <= 0) break;
    if ((parts[place] as number) >= (weights[place] as number)) continue;
    parts[place] = (parts[place] as number) + 1;
    missing -= 1;
  }
  return parts;
}

function wholeOf({ percentOff, amountOff }: Terms, of: number): number {
  return percentOff === null ? Math.min(amountOff ?? 0, of) : Math.round((of * percentOff) / 100);
}

function isOf(product: string | null, { products }: Terms): boolean {
  return products === null || (product !== null && products.includes(product));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
