import type { Stripe } from 'stripe';
import { invalid, unsupported } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { createParams, updateParams } from './params.ts';

export type Configuration = Stripe.BillingPortal.Configuration;
type Features = Configuration['features'];
type Given = Params<typeof updateParams>;

export function newConfiguration(given: Params<typeof createParams>, tx: Transaction): Configuration {
  return withGiven(blank(NOTHING, tx), given, tx);
}

/** What is not given stays, also within each feature. */
export function withGiven(configuration: Configuration, given: Given, tx: Transaction): Configuration {
  const { business_profile, features, login_page: _, metadata, ...fields } = given;
  const after: Configuration = {
    ...configuration,
    ...fields,
    business_profile: { ...configuration.business_profile, ...business_profile },
    features: features ? withFeatures(configuration.features, features) : configuration.features,
    metadata: mergeMetadata(configuration.metadata, metadata),
    updated: tx.now,
  };
  check(after, tx);
  return after;
}

/** The one that is used where none is named; it is made with the first session. */
export function defaultConfiguration(tx: Transaction): Configuration {
  for (const found of tx.all('billing_portal.configuration')) if (found.is_default) return found;
  return tx.put({ ...blank(USUAL, tx), is_default: true });
}

const NOTHING: Features = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    products: null,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
};

const USUAL: Features = {
  ...NOTHING,
  invoice_history: { enabled: true },
  payment_method_update: { ...NOTHING.payment_method_update, enabled: true },
  subscription_cancel: { ...NOTHING.subscription_cancel, enabled: true },
};

function blank(features: Features, tx: Transaction): Configuration {
  return {
    id: tx.id('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: tx.now,
    default_return_url: null,
    features,
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: tx.now,
  } satisfies Configuration;
}

function withFeatures(before: Features, given: NonNullable<Given['features']>): Features {
  const { customer_update, invoice_history, payment_method_update, subscription_cancel, subscription_update } = given;
  const { cancellation_reason: reason, ...cancel } = subscription_cancel ?? {};
  const { default_allowed_updates: updates, products, ...update } = subscription_update ?? {};
  const { allowed_updates, ...customer } = customer_update ?? {};
  return {
    ...before,
    customer_update: {
      ...before.customer_update,
      ...customer,
      ...(allowed_updates !== undefined && { allowed_updates: allowed_updates ?? [] }),
    },
    invoice_history: { ...before.invoice_history, ...invoice_history },
    payment_method_update: { ...before.payment_method_update, ...payment_method_update },
    subscription_cancel: {
      ...before.subscription_cancel,
      ...cancel,
      ...(reason && { cancellation_reason: { feedback_options: null, ...reason, options: reason.options ?? [] } }),
    },
    subscription_update: {
      ...before.subscription_update,
      ...update,
      ...(updates !== undefined && { default_allowed_updates: updates ?? [] }),
      ...(products !== undefined && { products: products?.map((one) => ({ ...one, ...UNADJUSTED })) ?? null }),
    },
  };
}

const UNADJUSTED = { adjustable_quantity: { enabled: false, maximum: null, minimum: 1 } };

function check({ active, features, is_default }: Configuration, tx: Transaction): void {
  if (is_default && !active) throw invalid('You cannot deactivate the default configuration.', undefined, 'active');
  const { subscription_cancel: cancel, subscription_update: update } = features;
  if (cancel.enabled && cancel.mode === 'immediately' && cancel.proration_behavior !== 'none') {
    const name = 'features[subscription_cancel][proration_behavior]';
    throw unsupported('prorations when a subscription is canceled', name);
  }
  if (!update.enabled) return;
  const name = 'features[subscription_update]';
  if (update.default_allowed_updates.length === 0) throw missingParameter(`${name}[default_allowed_updates]`);
  if (!update.products?.length) throw missingParameter(`${name}[products]`);
  update.products.forEach(({ product, prices }, place) => {
    for (const id of prices) {
      const price = tx.get('price', id, `${name}[products][${place}][prices]`);
      if (price.product === product && price.recurring) continue;
      throw invalid(`The price ${id} is no recurring price of ${product}.`, undefined, `${name}[products][${place}]`);
    }
  });
}
