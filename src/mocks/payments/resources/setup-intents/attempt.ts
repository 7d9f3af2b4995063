import type { Stripe } from 'stripe';
import type { Transaction } from '../../store/transaction.ts';
import { AUTHENTICATED } from '../charges/charge.ts';
import type { Setup } from './setup-intent.ts';

/** How far it got. */
export interface Outcome {
  readonly status: 'failed' | 'requires_action' | 'succeeded';
  readonly error?: Stripe.SetupAttempt.SetupError;
  /** Whether the customer has proved to be who they are. */
  readonly authenticated?: boolean;
}

/** What became of trying to set up a card; what waited for its customer goes on: https://docs.stripe.com/api/setup_attempts */
export function attempted(setup: Setup, method: Stripe.PaymentMethod, outcome: Outcome, tx: Transaction): Setup {
  const latest = setup.latest_attempt === null ? undefined : tx.find('setup_attempt', setup.latest_attempt as string);
  const begun = latest?.status === 'requires_action' && latest.payment_method === method.id ? latest : null;
  const { status, error = null, authenticated = false } = outcome;
  const attempt = tx.put({
    id: begun?.id ?? tx.id('setatt'),
    object: 'setup_attempt',
    application: null,
    created: begun?.created ?? tx.now,
    customer: setup.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: method.id,
    payment_method_details: { card: cardOf(method, authenticated), type: 'card' },
    setup_error: error,
    setup_intent: setup.id,
    status,
    usage: setup.usage,
  } satisfies Stripe.SetupAttempt);
  return { ...setup, latest_attempt: attempt.id };
}

function cardOf({ card }: Stripe.PaymentMethod, authenticated: boolean): Stripe.SetupAttempt.PaymentMethodDetails.Card {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } =
    card as Stripe.PaymentMethod.Card;
  return {
    ...{ brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 },
    network: brand,
    three_d_secure: authenticated ? AUTHENTICATED : null,
    wallet: null,
  };
}
