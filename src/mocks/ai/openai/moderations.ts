import type OpenAI from 'openai';
import type { Answer, Call } from '../../provider.ts';
import type { Fields } from '../fields.ts';
import { isObject } from '../json.ts';
import { signsIn } from '../moderation/judge.ts';
import { type Category, SIGNS } from '../moderation/signs.ts';
import { badRequest } from '../refusal.ts';
import type { Turn } from '../turn.ts';
import { answerWith } from './answers.ts';
import { bodyOf } from './body.ts';

const KNOWN: Readonly<Record<string, true>> = {
  input: true,
  model: true,
} satisfies Record<keyof OpenAI.ModerationCreateParams, true>;

/** Those by which pictures are judged too. */
const OF_PICTURES: ReadonlySet<string> = new Set<Category>([
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'violence',
  'violence/graphic',
]);

/** POST /v1/moderations. Enough to try both ways an app goes; it doesn't understand what it reads. */
export function createModeration(turn: Turn, call: Call): Answer {
  const body = bodyOf(call, KNOWN);
  const model = body.string('model') ?? 'omni-moderation-latest';
  const texts = textsOf(body);
  turn.judge({ model, text: texts.join('\n'), tools: [] });
  const results = texts.map(judged);
  const flagged = results.filter((result) => result.flagged).length;
  const response = { id: turn.hexId('modr-', 32), model, results } satisfies OpenAI.ModerationCreateResponse;
  return answerWith(turn, response, turn.told(`moderate: ${flagged} of ${texts.length} flagged`));
}

function textsOf(body: Fields): string[] {
  const input = body.required('input', body.raw('input'));
  if (typeof input === 'string') return [input];
  const list = body.list('input') ?? [];
  if (list.length === 0) throw badRequest("Invalid 'input': empty array.", 'input', 'empty_array');
  if (!list.every(isObject)) return body.strings('input') ?? [];
  // Parts of one message, judged together; pictures aren't looked at.
  const texts = (body.objects('input') ?? []).filter((part) => part.raw('type') === 'text');
  return [texts.map((part) => part.required('text', part.string('text'))).join('\n')];
}

function judged(text: string): OpenAI.Moderation {
  const signs = signsIn(text);
  const scores = mapped((category) => scoreOf(signs.get(category) ?? 0));
  const categories = mapped((category) => scores[category] > 0.5);
  return {
    flagged: Object.values(categories).some(Boolean),
    categories,
    category_scores: scores,
    category_applied_input_types: mapped((category) =>
      OF_PICTURES.has(category) ? ['text', 'image'] : ['text'],
    ) as unknown as OpenAI.Moderation['category_applied_input_types'],
  };
}

function scoreOf(signs: number): number {
  return signs === 0 ? 0.0001 : Math.min(0.99, 0.8 + signs * 0.05);
}

function mapped<R>(of: (category: Category) => R): Record<Category, R> {
  return Object.fromEntries(Object.keys(SIGNS).map((category) => [category, of(category as Category)])) as Record<
    Category,
    R
  >;
}
