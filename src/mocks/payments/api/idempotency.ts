import { createHash } from 'node:crypto';
import type { Call } from '../../provider.ts';
import { ApiError } from './errors.ts';

const LONGEST = 255;

/** Null for a call without one, or one that needs none: https://docs.stripe.com/api/idempotent_requests */
export function idempotencyKey(call: Call): string | null {
  const key = call.method === 'POST' ? call.headers['idempotency-key'] : undefined;
  if (!key) return null;
  if (key.length <= LONGEST) return key;
  const message = `Idempotency keys can be at most ${LONGEST} characters long; this one has ${key.length}.`;
  throw new ApiError(400, { type: 'idempotency_error', message }, { unseen: true });
}

/** Of all that has to be the same in a retried call. */
export function fingerprintOf({ method, path, query, body }: Call): string {
  const hash = createHash('sha256').update(`${method} ${path}?${query}\n`).update(body);
  return hash.digest('base64url').slice(0, 22);
}

export function otherParameters(key: string): ApiError {
  const message =
    `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key ` +
    `other than '${key}' if you meant to execute a different request.`;
  return new ApiError(400, { type: 'idempotency_error', message }, { unseen: true, shouldRetry: false });
}

export function inProgress(key: string): ApiError {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  const code = 'idempotency_key_in_use';
  return new ApiError(409, { type: 'idempotency_error', code, message }, { unseen: true, shouldRetry: true });
}
