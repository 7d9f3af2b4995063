import type { Stripe } from 'stripe';
import type { Caller } from '../api/authenticate.ts';
import { invalid } from '../api/errors.ts';

type Redirects = 'always' | 'never';

interface Given {
  readonly allowed_payment_method_types?: readonly string[];
  readonly automatic_payment_methods?: { readonly enabled: boolean; readonly allow_redirects?: Redirects };
}

/** Those that the Dashboard enables, unless an intent names its own: https://docs.stripe.com/payments/dynamic-payment-methods */
export function automaticMethods({ allowed_payment_method_types: named, automatic_payment_methods: given }: Given) {
  const isAutomatic = given?.enabled ?? named === undefined;
  return isAutomatic ? { allow_redirects: given?.allow_redirects ?? ('always' as const), enabled: true } : null;
}

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

interface Confirmed {
  readonly return_url?: string | undefined;
  readonly off_session?: unknown;
}

/**
 * A server that confirms has to say where a method that redirects leads back to, also where the one at hand doesn't.
 * Stripe.js says it itself, and off the session nobody is redirected. What can't be confirmed is refused for that instead.
 */
export function refuseWithoutReturn(intent: Intent, { return_url, off_session }: Confirmed, caller: Caller): void {
  const { allowed_payment_method_types: named, automatic_payment_methods: automatic, object, status } = intent;
  const mayRedirect = automatic?.enabled === true && automatic.allow_redirects !== 'never' && named === null;
  const isReady = status === 'requires_confirmation' || status === 'requires_action';
  if (!mayRedirect || !isReady || caller === 'publishable' || return_url !== undefined) return;
  if (off_session !== undefined && off_session !== false) return;
  throw invalid(
    `This ${object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'} is configured to accept payment methods enabled ` +
      'in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must ' +
      "provide a `return_url`. If you don't want to accept redirect-based payment methods, set " +
      '`automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when ' +
      'creating Setup Intents and Payment Intents.',
  );
}
