import type { Answer } from '../../provider.ts';
import { STRIPE_JS } from './script.ts';

const PATHS = new Set(['/v3', '/v3/', '/v3/stripe.js']);

/** Null for anything but the script. */
export function stripeJs(method: string, path: string): Answer | null {
  if (method !== 'GET' || !PATHS.has(path)) return null;
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    },
    parts: [{ afterMs: 0, data: STRIPE_JS }],
    told: { summary: 'stand-in of Stripe.js' },
  };
}
