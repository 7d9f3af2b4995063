import type { Turn } from '../turn.ts';

/** docs.anthropic.com/en/api/rate-limits, "Response headers": limit and rest, which the mock never comes near. */
const RATE_LIMITS = [
  ['requests', '4000', '3999'],
  ['tokens', '2400000', '2399000'],
  ['input-tokens', '2000000', '1999000'],
  ['output-tokens', '400000', '400000'],
] as const;

/** Headers of every answer. */
export function headersFor(turn: Turn): Record<string, string> {
  const reset = new Date(turn.createdS * 1000).toISOString().replace('.000', '');
  const limits = RATE_LIMITS.flatMap(([of, limit, remaining]) => [
    [`anthropic-ratelimit-${of}-limit`, limit],
    [`anthropic-ratelimit-${of}-remaining`, remaining],
    [`anthropic-ratelimit-${of}-reset`, reset],
  ]);
  return { 'request-id': turn.id('req_', 24), ...Object.fromEntries(limits) };
}
