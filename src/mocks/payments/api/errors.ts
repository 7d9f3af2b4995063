import type { Stripe } from 'stripe';
import type { Kind } from '../store/kinds.ts';

/** The `error` of an answer: https://docs.stripe.com/api/errors */
export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_decline_code?: string;
  readonly charge?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
  readonly payment_method?: Stripe.PaymentMethod;
  readonly setup_intent?: Stripe.SetupIntent;
}

interface Options {
  /** What the call did before stays done: a declined card leaves a failed charge. */
  readonly keeps?: boolean;
  /** Stripe itself would have done it. */
  readonly unsupported?: boolean;
  readonly shouldRetry?: boolean;
  /** It may be right in another version of the API. */
  readonly differs?: boolean;
  /** It never came to doing anything, so that the same idempotency key may be used again. */
  readonly unseen?: boolean;
}

/** A mistake of the caller's, or a declined card: answered as Stripe answers it. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly options: Options;

  constructor(status: number, body: ErrorBody, options: Options = {}) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body.code ? { ...body, ...docUrl(body.code) } : body;
    this.options = options;
  }
}

function docUrl(code: string): { readonly doc_url: string } {
  return { doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}` };
}

/** What a caller would be answered where this can't be done; null where it can. Any other error is thrown. */
export function refusalOf(what: () => unknown): ApiError | null {
  try {
    what();
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** A request that can't be done, for a reason that its parameters alone don't show. */
export function invalid(message: string, code?: string, param?: string, more: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
    ...more,
  });
}

/** A parameter that is not what it should be: found before anything is done. */
export function badParameter(message: string, param: string, code?: string): ApiError {
  const body: ErrorBody = { type: 'invalid_request_error', message, param, ...(code !== undefined && { code }) };
  return new ApiError(400, body, { unseen: true });
}

/** What Stripe's messages call the kinds whose own name they don't use. */
const SPOKEN: { readonly [K in Kind]?: string } = {
  payment_method: 'PaymentMethod',
  setup_intent: 'setupintent',
  'checkout.session': 'checkout session',
  webhook_endpoint: 'webhook endpoint',
  promotion_code: 'promotion code',
  shipping_rate: 'shipping rate',
  'billing_portal.configuration': 'configuration',
  'test_helpers.test_clock': 'testclock',
};

export function missing(kind: Kind, id: string, param: string): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${SPOKEN[kind] ?? kind}: '${id}'`,
    param,
  });
}

/** Stripe would do it; the mock doesn't. */
export function unsupported(what: string, param?: string): ApiError {
  const message = `devenv's mock of Stripe doesn't implement ${what}.`;
  const body: ErrorBody = { type: 'invalid_request_error', message, ...(param !== undefined && { param }) };
  return new ApiError(param === undefined ? 404 : 400, body, { unsupported: true, unseen: true });
}
