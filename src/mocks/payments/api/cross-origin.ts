import type { Answer } from '../../provider.ts';

/** A page of the app calls the mock from another origin, as Stripe.js calls Stripe. */
export const CROSS_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Request-Id, X-Devenv-Unsupported',
} as const;

/** What a browser asks before it calls. */
export function crossOrigin(): Answer {
  return {
    status: 204,
    headers: {
      ...CROSS_ORIGIN,
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, stripe-version',
      'access-control-max-age': '600',
    },
    parts: [{ afterMs: 0, data: '' }],
    told: { summary: 'preflight' },
  };
}
