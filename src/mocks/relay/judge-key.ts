import type { ProviderName } from '../provider.ts';

/** Printable ASCII: what a header can hold. */
const PLAIN = /^[\x21-\x7E]{8,400}$/;

/** docs.stripe.com/keys: secret and restricted keys of test mode. */
const STRIPE_TEST = /^[sr]k_test_[A-Za-z0-9_]{4,}$/;

/** What is wrong with a key, in words without the key; null where it may be used. */
export function judgeKey(name: ProviderName, key: string): string | null {
  if (key === '') return 'is empty';
  if (!PLAIN.test(key)) return 'is no key: a single word of plain characters is expected';
  if (/devenv[-_]mock/.test(key)) return 'is a key that devenv has minted for a mock, and no real one';
  if (name !== 'stripe' || STRIPE_TEST.test(key)) return null;
  const live = /^(?:[srp]k_live|sk_org_live)_/.test(key) ? ', and this one is live: it moves real money' : '';
  return `is no test key: only one that begins with sk_test_ or rk_test_ is passed on to Stripe${live}`;
}
