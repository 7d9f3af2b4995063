import type { ProviderName } from '../../core/mocks.ts';
import { refused as anthropic } from '../ai/anthropic/errors.ts';
import { RETRY_AFTER_S, refusalOf } from '../ai/faults.ts';
import { refused as openai } from '../ai/openai/errors.ts';
import type { Refused } from '../ai/refusal.ts';
import { CROSS_ORIGIN } from '../payments/api/cross-origin.ts';
import { type Answer, type Call, jsonAnswer } from '../provider.ts';

/** What a provider says when it is too busy, or broken; nothing was done. */
type Refuse = (status: 429 | 500, call: Call, refused: Refused) => Answer;

const AI_REFUSALS = { 429: refusalOf({ kind: 'rate-limit' }), 500: refusalOf({ kind: 'server-error' }) };

/** https://docs.stripe.com/error-low-level */
const STRIPE = {
  // Its clients leave trying again to the app here: at once it would make things worse.
  429: {
    error: {
      message:
        'Request rate limit exceeded. You can learn more about rate limits here https://docs.stripe.com/rate-limits.',
      type: 'invalid_request_error',
      code: 'rate_limit',
      doc_url: 'https://docs.stripe.com/error-codes/rate-limit',
    },
    headers: {
      'stripe-should-retry': 'false',
      'retry-after': String(RETRY_AFTER_S),
      'stripe-rate-limited-reason': 'global-rate',
    },
  },
  500: {
    error: { message: 'An unknown error occurred', type: 'api_error' },
    headers: { 'stripe-should-retry': 'true' },
  },
} as const;

const REFUSE: Readonly<Record<ProviderName, Refuse>> = {
  openai: (status, call, refused) => openai(AI_REFUSALS[status], call, refused),
  anthropic: (status, call, refused) => anthropic(AI_REFUSALS[status], call, refused),
  stripe: (status, _, { request, told }) => {
    const { error, headers } = STRIPE[status];
    const { type } = error;
    return jsonAnswer(status, { error }, told(type), {
      headers: { ...CROSS_ORIGIN, 'request-id': request, ...headers },
    });
  },
};

/** `request` is the id of the answer. */
export function refusal(provider: ProviderName, status: 429 | 500, call: Call, request: string): Answer {
  const told = { summary: status === 429 ? 'too many requests' : 'server error' };
  return REFUSE[provider](status, call, { request, told: () => told });
}
