import type { Call } from '../../provider.ts';
import type { Fields } from '../fields.ts';
import { type Limits, limitsOf } from '../models/limits.ts';
import type { Prompt } from '../prompt.ts';
import { badRequest } from '../refusal.ts';

/** The most tokens that the answer may have. */
export function answerLimit(body: Fields, model: string): number {
  const limit = body.required('max_tokens', body.integer('max_tokens', 1));
  const { output } = limitsOf('anthropic', model);
  if (limit <= output) return limit;
  throw badRequest(
    `max_tokens: ${limit} > ${output}, which is the maximum allowed number of output tokens for ${model}`,
    'max_tokens',
  );
}

/** Throws where a prompt is longer than its model takes. */
export function lengthCheck(call: Call): (prompt: Prompt, input: number) => void {
  return ({ model, limit }, input) => {
    const { context } = contextOf(call, model);
    if (input > context) throw badRequest(`prompt is too long: ${input} tokens > ${context} maximum`);
    if (limit === null || input + limit <= context) return;
    throw badRequest(
      `input length and \`max_tokens\` exceed context limit: ${input} + ${limit} > ${context}, ` +
        'decrease input length or `max_tokens` and try again',
    );
  };
}

/** Some models have more where a header asks for it. */
function contextOf({ headers }: Call, model: string): Pick<Limits, 'context'> {
  const asksForMore = /\bcontext-1m-/.test(headers['anthropic-beta'] ?? '') && /^claude-sonnet-4/.test(model);
  return asksForMore ? { context: 1_000_000 } : limitsOf('anthropic', model);
}
