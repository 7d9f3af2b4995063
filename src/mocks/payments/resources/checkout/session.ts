import type { Stripe } from 'stripe';
import { invalid } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import type { Params } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { appTime } from '../app-time.ts';
import { liveCustomer } from '../customers/live.ts';
import type { Details } from './details.ts';
import { withAmounts } from './discount.ts';
import { checkItems, newLineItem } from './line-items.ts';
import type { createParams } from './params.ts';
import { type CheckoutPlan, planId } from './plan.ts';
import { costOf, shippingOptions } from './shipping.ts';

export type Session = Stripe.Checkout.Session;
type Given = Params<typeof createParams>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

export function newSession(given: Given, tx: Transaction): Session {
  checkWho(given);
  const customer = given.customer === undefined ? null : liveCustomer(tx, given.customer);
  const lineItems = (given.line_items ?? []).map((item, place) => newLineItem(item, place, tx));
  if (given.mode !== 'setup') checkItems(lineItems, given.mode);
  const id = tx.id('cs_test');
  tx.put({
    id: planId(id),
    object: 'devenv.plan',
    lineItems,
    paymentIntent: given.payment_intent_data ?? {},
    setupIntent: given.setup_intent_data ?? {},
    subscription: subscriptionData(given, tx),
    tried: null,
    begun: null,
  });
  const blank = blankSession(id, given, customer, lineItems[0]?.currency, tx);
  const options = shippingOptions(given, blank.currency ?? '', tx);
  const shipped = { ...blank, shipping_options: options, shipping_cost: costOf(options[0]) };
  const session = tx.put(withAmounts(shipped, given.discounts?.[0] ?? null, tx));
  tx.schedule(id, session.expires_at * 1000);
  return session;
}

function blankSession(
  id: string,
  given: Given,
  customer: Stripe.Customer | null,
  currency: string | undefined,
  tx: Transaction,
): Session {
  const email = customer?.email ?? given.customer_email ?? null;
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: tx.now,
    currency: currency ?? given.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { ...NO_TEXT, ...given.custom_text },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer === null ? (given.customer_creation ?? CREATES_CUSTOMER[given.mode]) : null,
    customer_details: email === null ? null : detailsOf(email, customer?.name ?? null),
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: expiryOf(given, tx),
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: (given.locale as Session['locale']) ?? null,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    mode: given.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: given.payment_method_collection ?? (given.mode === 'payment' ? 'if_required' : 'always'),
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: 'no_payment_required',
    permissions: null,
    phone_number_collection: given.phone_number_collection ?? { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: given.shipping_address_collection
      ? { allowed_countries: [...given.shipping_address_collection.allowed_countries] }
      : null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url,
    total_details: null,
    ui_mode: 'hosted_page',
    url: `${tx.publicUrl}/pay/checkout/${id}`,
    wallet_options: null,
  } satisfies Session;
}

/** Where nothing is said: only a subscription can't do without a customer. */
const CREATES_CUSTOMER = { payment: 'if_required', setup: null, subscription: 'always' } as const;

const NO_TEXT = { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null };

export function detailsOf(
  email: string,
  name: string | null,
  { address, phone }: Pick<Details, 'address' | 'phone'> = { address: null, phone: null },
): Stripe.Checkout.Session.CustomerDetails {
  const rest = { business_name: null, individual_name: null };
  return { ...rest, address, phone, email, name, tax_exempt: 'none', tax_ids: [] };
}

function expiryOf({ expires_at: given }: Given, tx: Transaction): number {
  if (given === undefined) return tx.now + 24 * HOUR;
  const time = appTime(given, isExpiry, tx);
  if (isExpiry(time, tx.now)) return time;
  throw invalid(
    'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
    undefined,
    'expires_at',
  );
}

/** Half an hour that an app has computed is a little less when the call has come. */
function isExpiry(time: number, now: number): boolean {
  return time >= now + HOUR / 2 - MINUTE && time <= now + 24 * HOUR;
}

/** What begins later begins then, but it is known now how far away it is. */
function subscriptionData({ subscription_data: given = {} }: Given, tx: Transaction): CheckoutPlan['subscription'] {
  if (given.trial_end === undefined) return given;
  const time = appTime(given.trial_end, isTrialEnd, tx);
  if (isTrialEnd(time, tx.now)) return { ...given, trial_end: time };
  const message = 'The `subscription_data[trial_end]` timestamp must be at least 48 hours in the future.';
  throw invalid(message, undefined, 'subscription_data[trial_end]');
}

function isTrialEnd(time: number, now: number): boolean {
  return time >= now + 48 * HOUR - MINUTE;
}

function checkWho(given: Given): void {
  const { customer, customer_email, customer_creation, mode, currency, line_items } = given;
  if (given.allow_promotion_codes !== undefined && given.discounts !== undefined) {
    throw invalid('You may only specify one of these parameters: allow_promotion_codes, discounts.');
  }
  if (customer !== undefined && customer_email !== undefined) {
    throw invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      undefined,
      'customer_email',
    );
  }
  if (customer !== undefined && customer_creation !== undefined) {
    throw invalid('`customer_creation` can not be used with `customer`.', undefined, 'customer_creation');
  }
  if (mode === 'subscription' && customer_creation !== undefined) {
    const message = '`customer_creation` can only be used in `payment` and `setup` mode.';
    throw invalid(message, undefined, 'customer_creation');
  }
  if (mode === 'setup' && line_items) {
    throw invalid('You can not pass `line_items` in `setup` mode.', undefined, 'line_items');
  }
  if (mode === 'setup' && currency === undefined) {
    throw invalid(
      'You must provide `currency` in `setup` mode when using dynamic payment methods.',
      'parameter_missing',
      'currency',
    );
  }
}
