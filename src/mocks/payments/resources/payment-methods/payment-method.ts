import type { Stripe } from 'stripe';
import { invalid, missing } from '../../api/errors.ts';
import { mergeMetadata } from '../../api/metadata.ts';
import { checkCard, fullYear, type GivenCard } from '../../cards/check-card.ts';
import { refuseNotHere } from '../../cards/not-here.ts';
import { fingerprintOf, namedCard, type TestCard } from '../../cards/test-cards.ts';
import { missingParameter } from '../../params/composed.ts';
import type { Of } from '../../params/kind.ts';
import type { Transaction } from '../../store/transaction.ts';
import { fullAddress } from '../address.ts';
import type { billingDetails, methodData } from './params.ts';

type MethodData = Of<typeof methodData>;

/** From what an intent or a call gives of it; `param` is where. */
export function newPaymentMethod(given: MethodData, tx: Transaction, param = ''): Stripe.PaymentMethod {
  const { card: typed = {}, billing_details, allow_redisplay, metadata } = given;
  const card = typed.token === undefined ? typedCard(typed, tx.now, param) : tokenCard(typed.token);
  return tx.put({
    ...blankMethod(card, tx, typed),
    ...(allow_redisplay && { allow_redisplay }),
    billing_details: withBilling(NO_BILLING, billing_details),
    metadata: mergeMetadata(null, metadata),
  });
}

/** The payment method of an id; a test one's name, such as `pm_card_visa`, makes a new one each time. */
export function paymentMethodOf(id: string, tx: Transaction, param = 'payment_method'): Stripe.PaymentMethod {
  const found = tx.find('payment_method', id);
  if (found) return found;
  const card = id.startsWith('pm_') ? namedCard(id) : undefined;
  if (!card) {
    refuseNotHere(id, param);
    throw missing('payment_method', id, param);
  }
  return tx.put(blankMethod(card, tx));
}

const NO_BILLING: Stripe.PaymentMethod.BillingDetails = {
  address: fullAddress({}),
  email: null,
  name: null,
  phone: null,
  tax_id: null,
};

export function withBilling(
  before: Stripe.PaymentMethod.BillingDetails,
  given: Of<typeof billingDetails> | undefined,
): Stripe.PaymentMethod.BillingDetails {
  const { address, ...fields } = given ?? {};
  return { ...before, ...fields, ...(address !== undefined && { address: fullAddress(address ?? {}) }) };
}

interface Expiry {
  readonly exp_month?: number;
  readonly exp_year?: number;
}

function blankMethod(card: TestCard, tx: Transaction, expiry: Expiry = {}): Stripe.PaymentMethod {
  const year = new Date(tx.nowMs).getUTCFullYear();
  return {
    id: tx.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: NO_BILLING,
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: card.cvcCheck },
      country: card.country,
      display_brand: card.brand,
      exp_month: expiry.exp_month ?? 12,
      exp_year: fullYear(expiry.exp_year ?? year + 2),
      fingerprint: fingerprintOf(card.number),
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: card.brand !== 'amex' },
      wallet: null,
    },
    created: tx.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  } satisfies Stripe.PaymentMethod;
}

function tokenCard(token: string): TestCard {
  const card = token.startsWith('tok_') ? namedCard(token) : undefined;
  if (card) return card;
  refuseNotHere(token, 'card[token]');
  throw invalid(`No such token: '${token}'`, 'resource_missing', 'card[token]');
}

function typedCard(typed: Partial<GivenCard>, now: number, param: string): TestCard {
  const name = (field: string): string => (param === '' ? `card[${field}]` : `${param}[card][${field}]`);
  const { number, exp_month, exp_year, cvc } = typed;
  if (number === undefined) throw missingParameter(name('number'));
  if (exp_month === undefined) throw missingParameter(name('exp_month'));
  if (exp_year === undefined) throw missingParameter(name('exp_year'));
  return checkCard({ number, exp_month, exp_year, ...(cvc !== undefined && { cvc }) }, now);
}
