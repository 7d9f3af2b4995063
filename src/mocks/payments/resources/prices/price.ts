import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { liveProduct, newProduct } from '../products/product.ts';
import { amountText } from './amount-text.ts';
import { checkInterval } from './interval.ts';
import type { createParams } from './params.ts';
import { keepTiers, newTiers } from './tiers.ts';

type Given = Params<typeof createParams>;

/** A new price of a product that is there or is made with it; nobody is told yet. */
export function createPrice(given: Given, tx: Transaction): Stripe.Price {
  if (given.recurring?.usage_type === 'metered') throw unsupported('metered prices', 'recurring[usage_type]');
  const product = productOf(given, tx);
  const tiers = newTiers(given);
  const amount = amountText(given.unit_amount, given.unit_amount_decimal, 'unit_amount');
  if (amount === null && !tiers) throw missingParameter('unit_amount');
  const { recurring } = given;
  if (recurring) checkInterval(recurring);
  if (given.lookup_key) claimLookupKey(given.lookup_key, given.transfer_lookup_key ?? false, tx);
  const id = tx.id('price');
  if (tiers) keepTiers(id, tiers, tx);
  return tx.put({
    id,
    object: 'price',
    active: given.active ?? true,
    billing_scheme: tiers ? 'tiered' : 'per_unit',
    created: tx.now,
    currency: given.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: recurring.trial_period_days ?? null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: tiers ? (given.tiers_mode ?? null) : null,
    transform_quantity: null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: amount !== null && Number.isInteger(Number(amount)) ? Number(amount) : null,
    // Text on the wire; only the SDK makes a Decimal of it.
    unit_amount_decimal: amount as unknown as Stripe.Decimal,
  } satisfies Stripe.Price);
}

export function productIdOf({ product }: Pick<Stripe.Price, 'product'>): string {
  return typeof product === 'string' ? product : product.id;
}

/** A lookup key names one price: https://docs.stripe.com/products-prices/manage-prices#lookup-keys */
export function claimLookupKey(key: string, transfers: boolean, tx: Transaction): void {
  for (const holder of tx.where('price', 'lookup_key', key)) {
    if (!transfers) {
      const message = `A price (\`${holder.id}\`) already uses that lookup key.`;
      throw invalid(message, 'resource_already_exists', 'lookup_key');
    }
    tx.update('price.updated', holder, { ...holder, lookup_key: null });
  }
}

function productOf(given: Given, tx: Transaction): string {
  if (given.product !== undefined) return liveProduct(tx, given.product).id;
  if (!given.product_data) throw missingParameter('product');
  const product = tx.put(newProduct(given.product_data, tx));
  tx.emit('product.created', product);
  return product.id;
}
