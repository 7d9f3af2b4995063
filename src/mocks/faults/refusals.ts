import type { ProviderName } from '../../core/mocks.ts';
import { CROSS_ORIGIN } from '../payments/api/cross-origin.ts';
import { type Answer, jsonAnswer } from '../provider.ts';

/** What a provider says when it is too busy, or broken; nothing was done. */
type Refuse = (request: string) => { readonly body: object; readonly headers: Readonly<Record<string, string>> };

/** Their clients wait so long before they try again. */
const RETRY_AFTER = { 'retry-after': '1' };

/** https://platform.openai.com/docs/guides/error-codes, in the words that the API itself uses. */
function openai(type: string, code: string | null, message: string, more = {}): Refuse {
  return (request) => ({
    body: { error: { message, type, param: null, code } },
    headers: { 'x-request-id': request, ...more },
  });
}

/** https://docs.anthropic.com/en/api/errors */
function anthropic(type: string, message: string, more = {}): Refuse {
  return (request) => ({
    body: { type: 'error', error: { type, message }, request_id: request },
    headers: { 'request-id': request, ...more },
  });
}

/** https://docs.stripe.com/error-low-level */
function stripe(error: object, shouldRetry: boolean, more = {}): Refuse {
  return (request) => ({
    body: { error },
    headers: { ...CROSS_ORIGIN, 'request-id': request, 'stripe-should-retry': String(shouldRetry), ...more },
  });
}

const REFUSALS: Readonly<Record<ProviderName, Readonly<Record<429 | 500, Refuse>>>> = {
  openai: {
    429: openai(
      'requests',
      'rate_limit_exceeded',
      'Rate limit reached for requests. Limit: 3 / min. Please try again later.',
      RETRY_AFTER,
    ),
    500: openai('server_error', null, 'The server had an error while processing your request. Sorry about that!'),
  },
  anthropic: {
    429: anthropic(
      'rate_limit_error',
      "This request would exceed your organization's rate limit. Please reduce the number of requests and try again later.",
      RETRY_AFTER,
    ),
    500: anthropic('api_error', 'Internal server error'),
  },
  stripe: {
    // Its clients leave trying again to the app here: at once it would make things worse.
    429: stripe(
      {
        message:
          'Request rate limit exceeded. You can learn more about rate limits here https://docs.stripe.com/rate-limits.',
        type: 'invalid_request_error',
        code: 'rate_limit',
        doc_url: 'https://docs.stripe.com/error-codes/rate-limit',
      },
      false,
      { ...RETRY_AFTER, 'stripe-rate-limited-reason': 'global-rate' },
    ),
    500: stripe({ message: 'An unknown error occurred', type: 'api_error' }, true),
  },
};

export function refusal(provider: ProviderName, status: 429 | 500, request: string): Answer {
  const { body, headers } = REFUSALS[provider][status](request);
  return jsonAnswer(status, body, { summary: status === 429 ? 'too many requests' : 'server error' }, { headers });
}
