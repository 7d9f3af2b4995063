import type { Draws } from '../../../lib/draws.ts';
import type { Fields } from '../fields.ts';
import { isReasoning } from '../models/reasoning.ts';
import { badRequest, type Refusal } from '../refusal.ts';

/** Most tokens that are thought before an answer, by how hard the model is to think. */
const MOST_THOUGHT = { none: 0, minimal: 0, low: 256, medium: 768, high: 2048, xhigh: 4096 } as const;

type Effort = keyof typeof MOST_THOUGHT;

/** Tokens are thought in packets of this many. */
const PACKET = 64;

/** How hard a model is to think; of one that can't, `none`. */
export function effortOf(fields: Fields | null, name: string, model: string): Effort {
  const asked = fields?.oneOf(name, Object.keys(MOST_THOUGHT) as Effort[]) ?? null;
  if (isReasoning(model)) return asked ?? (/^gpt-\d+\.\d/.test(model) ? 'none' : 'medium');
  if (asked !== null && fields) throw notSupported(fields.path(name));
  return 'none';
}

/** How many tokens are thought before an answer of at most `limit` tokens; an answer is always left room. */
export function thought(effort: Effort, limit: number | null, draws: Draws): number {
  const most = Math.min(MOST_THOUGHT[effort], (limit ?? Infinity) / 2);
  return most < PACKET ? 0 : PACKET * draws.between(1, Math.floor(most / PACKET));
}

/** Throws for what a model that thinks doesn't take. */
export function checkReasoning(body: Fields, model: string, effort: Effort): void {
  if (!isReasoning(model)) return;
  if (body.raw('max_tokens') !== null) {
    throw notSupported('max_tokens', " Use 'max_completion_tokens' instead.");
  }
  if (effort === 'none') return;
  for (const name of ['temperature', 'top_p']) {
    const value = body.number(name);
    if (value === null || value === 1) continue;
    throw badRequest(
      `Unsupported value: '${name}' does not support ${value} with this model. Only the default (1) value is supported.`,
      name,
      'unsupported_value',
    );
  }
  for (const name of ['presence_penalty', 'frequency_penalty']) if (body.number(name)) throw notSupported(name);
  if (body.raw('stop') !== null) throw notSupported('stop');
}

function notSupported(name: string, hint = ''): Refusal {
  return badRequest(
    `Unsupported parameter: '${name}' is not supported with this model.${hint}`,
    name,
    'unsupported_parameter',
  );
}
