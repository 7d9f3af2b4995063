import type { VariablesOf } from '../core/mocks.ts';

/** Stands in for an environment's keys at the providers: each its own, of a form that no scanner takes for a real one. */
export interface MintedKeys {
  readonly openai: string;
  readonly anthropic: string;
  readonly stripeSecret: string;
  /** In the pages of the app for all to see: the secret one doesn't follow from it. */
  readonly stripePublishable: string;
  readonly stripeWebhook: string;
}

/** `token` gives letters and digits that belong to this environment, others for each name. */
export function mintKeys(token: (name: string) => string): MintedKeys {
  return {
    openai: `sk-devenv-mock-${token('openai')}`,
    anthropic: `sk-ant-devenv-mock-${token('anthropic')}`,
    stripeSecret: `sk_test_devenv_mock_${token('stripe secret')}`,
    stripePublishable: `pk_test_devenv_mock_${token('stripe publishable')}`,
    stripeWebhook: `whsec_devenv_mock_${token('stripe webhook')}`,
  };
}

/** Where each provider is found below the mocks' address. Stripe's SDKs take a host and no path: it has the root. */
export const PREFIXES = { openai: '/openai', anthropic: '/anthropic', stripe: '/' } as const;

/** The variables that the official SDKs read, and what apps are used to calling the rest. `url` without a slash at its end. */
export function aiVariables(keys: MintedKeys, url: string): VariablesOf<'ai'> {
  return {
    OPENAI_API_KEY: keys.openai,
    // The one of OpenAI's SDK has the version in it, the one of Anthropic's hasn't.
    OPENAI_BASE_URL: `${url}${PREFIXES.openai}/v1`,
    ANTHROPIC_API_KEY: keys.anthropic,
    ANTHROPIC_BASE_URL: `${url}${PREFIXES.anthropic}`,
  };
}

export function paymentVariables(keys: MintedKeys, url: string): VariablesOf<'payments'> {
  return {
    STRIPE_SECRET_KEY: keys.stripeSecret,
    STRIPE_PUBLISHABLE_KEY: keys.stripePublishable,
    STRIPE_WEBHOOK_SECRET: keys.stripeWebhook,
    STRIPE_API_BASE: url,
  };
}
