import type { Call } from '../../provider.ts';
import { ApiError } from './errors.ts';

export interface Keys {
  readonly secret: string;
  readonly publishable: string;
  readonly webhookSecret: string;
}

export type Caller = 'secret' | 'publishable';

const LIVE = /^(?:sk|rk|pk)_live_|^sk_org_live_/;

/** Whose key a call bears. What was sent instead is never repeated: it may be a real one. */
export function authenticate(call: Call, keys: Keys, params: { readonly key?: unknown } = {}): Caller {
  const given = keyOf(call.headers.authorization) ?? (typeof params.key === 'string' ? params.key : null);
  if (given === keys.secret) return 'secret';
  if (given === keys.publishable) return 'publishable';
  throw new ApiError(401, { type: 'invalid_request_error', message: whatIsWrong(given) }, { unseen: true });
}

/** `Bearer KEY`, or `Basic` with the key as the user's name. */
function keyOf(header: string | undefined): string | null {
  const [scheme, value = ''] = (header ?? '').split(' ', 2);
  if (/^bearer$/i.test(scheme ?? '')) return value;
  if (/^basic$/i.test(scheme ?? '')) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  return null;
}

function whatIsWrong(given: string | null): string {
  if (given === null || given === '') {
    return (
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth ' +
      "(e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). This is devenv's mock of Stripe: the key is in STRIPE_SECRET_KEY."
    );
  }
  if (LIVE.test(given)) {
    return (
      "This is devenv's mock of Stripe, and the key it was sent has the shape of a live one. Nothing was sent on to Stripe. " +
      'Take the live key out of this environment: the key of the mock is in STRIPE_SECRET_KEY.'
    );
  }
  return "Invalid API Key provided. This is devenv's mock of Stripe, which takes the key in STRIPE_SECRET_KEY of this environment.";
}

export function refusePublishable(): ApiError {
  const message =
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API ' +
    "keys with `devenv env`; this is devenv's mock of Stripe.";
  return new ApiError(401, { type: 'invalid_request_error', code: 'secret_key_required', message }, { unseen: true });
}
