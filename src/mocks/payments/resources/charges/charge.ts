import type { Stripe } from 'stripe';
import type { Decline } from '../../cards/declines.ts';
import type { TestCard } from '../../cards/test-cards.ts';
import type { Transaction } from '../../store/transaction.ts';

export interface Paid {
  readonly intent: Stripe.PaymentIntent;
  readonly method: Stripe.PaymentMethod;
  readonly card: TestCard;
  /** Null: the money moves. */
  readonly decline: Decline | null;
  /** 3-D Secure has been gone through. */
  readonly authenticated: boolean;
}

/** What one attempt to pay leaves: https://docs.stripe.com/api/charges/object */
export function newCharge(paid: Paid, tx: Transaction): Stripe.Charge {
  const { intent, method, card, decline } = paid;
  const captured = intent.capture_method !== 'manual';
  return {
    id: tx.id('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured && !decline ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'DEVENV',
    captured: captured && !decline,
    created: tx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(card, decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetails(paid), type: 'card' },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  } satisfies Stripe.Charge;
}

/** https://docs.stripe.com/api/charges/object#charge_object-outcome */
function outcomeOf(card: TestCard, decline: Decline | null): Stripe.Charge.Outcome {
  const risk = { risk_level: card.risk, risk_score: { normal: 20, elevated: 66, highest: 90 }[card.risk] };
  if (!decline) {
    return {
      ...SAID_NOTHING,
      ...risk,
      network_status: 'approved_by_network',
      reason: null,
      seller_message: 'Payment complete.',
      type: 'authorized',
    };
  }
  const reason = decline.decline_code ?? decline.code;
  if (decline.decline_code === 'fraudulent') {
    const seller_message = 'Stripe blocked this payment as too risky.';
    return {
      ...SAID_NOTHING,
      ...risk,
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      seller_message,
      type: 'blocked',
    };
  }
  const seller_message = `The bank returned the decline code \`${reason}\`.`;
  return {
    ...SAID_NOTHING,
    ...risk,
    advice_code: decline.advice_code ?? null,
    network_status: 'declined_by_network',
    reason,
    seller_message,
    type: 'issuer_declined',
  };
}

const SAID_NOTHING = { advice_code: null, network_advice_code: null, network_decline_code: null };

function cardDetails({ intent, method, card, authenticated }: Paid): Stripe.Charge.PaymentMethodDetails.Card {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } =
    method.card as Stripe.PaymentMethod.Card;
  return {
    amount_authorized: intent.amount,
    authorization_code: null,
    brand,
    checks,
    country,
    electronic_commerce_indicator: authenticated ? '05' : null,
    exp_month,
    exp_year,
    fingerprint: fingerprint ?? null,
    funding,
    installments: null,
    last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: authenticated ? AUTHENTICATED : null,
    transaction_link_id: null,
    wallet: null,
  };
}

export const AUTHENTICATED = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
} satisfies Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure;
