import type { Call } from '../../provider.ts';
import { ApiError } from './errors.ts';

/** The version of Stripe's API that the objects have, whichever one a caller asks for; the one of stripe-node 23.1. */
export const API_VERSION = '2026-10-28.endive';

/**
 * The version that a call asks for; the mock's own where it names none. Fails as Stripe does for what can't be one:
 * https://docs.stripe.com/api/versioning
 */
export function askedVersion({ headers }: Call): string {
  const asked = headers['stripe-version'];
  if (asked === undefined || asked === '') return API_VERSION;
  // `2024-06-20`, since then with a name; behind it what is tried out: `2025-01-27.acacia; custom_checkout_beta=v1`.
  const [, version, day = ''] = /^((\d{4}-\d\d-\d\d)(?:\.[a-z]+)?)(?:;.*)?$/.exec(asked) ?? [];
  if (version !== undefined && isDay(day)) return version;
  const message = `Invalid Stripe API version: ${asked}`;
  throw new ApiError(400, { type: 'invalid_request_error', message }, { unseen: true });
}

/** What is wrong in the mock's version may be right in the one that was asked for: then it is the mock that lacks it. */
export function byVersion(error: ApiError, asked: string): ApiError {
  if (asked === API_VERSION || !error.options.differs) return error;
  const message =
    `${error.message} This call asks for version ${asked} of Stripe's API; devenv's mock of Stripe has only ` +
    `${API_VERSION}.`;
  return new ApiError(error.status, { ...error.body, message }, { unsupported: true, unseen: true });
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
