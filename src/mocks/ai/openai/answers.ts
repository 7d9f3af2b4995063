import { type Answer, jsonAnswer, type Told } from '../../provider.ts';
import { wholeAfterMs } from '../pace.ts';
import type { Turn } from '../turn.ts';

/** platform.openai.com/docs/guides/rate-limits: what the mock never comes near, unless a rule says so. */
const RATE_LIMITS = {
  'x-ratelimit-limit-requests': '10000',
  'x-ratelimit-limit-tokens': '2000000',
  'x-ratelimit-remaining-requests': '9999',
  'x-ratelimit-remaining-tokens': '1999000',
  'x-ratelimit-reset-requests': '6ms',
  'x-ratelimit-reset-tokens': '30ms',
};

/** Headers of every answer. */
export function headersFor(turn: Turn): Record<string, string> {
  const request = turn.hexId('req_', 32);
  return { 'x-request-id': request, 'openai-version': '2020-10-01', 'openai-processing-ms': '1', ...RATE_LIMITS };
}

/** A JSON answer; one of a model takes the time that its tokens take. */
export function answerWith(turn: Turn, body: unknown, told: Told, tokens: number | null = null): Answer {
  const afterMs = tokens === null ? 0 : wholeAfterMs(tokens, turn.shared.latency);
  return jsonAnswer(200, body, told, { headers: headersFor(turn), afterMs });
}
