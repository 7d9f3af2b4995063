import type OpenAI from 'openai';
import type { Answer, Call } from '../../provider.ts';
import type { Fields } from '../fields.ts';
import { isObject } from '../json.ts';
import { badRequest } from '../refusal.ts';
import type { Turn } from '../turn.ts';
import { wordsOf } from '../writing/words.ts';
import { answerWith } from './answers.ts';
import { bodyOf } from './body.ts';

const KNOWN: Readonly<Record<string, true>> = {
  input: true,
  model: true,
} satisfies Record<keyof OpenAI.ModerationCreateParams, true>;

type Category = keyof OpenAI.Moderation['categories'];

/** Categories, whether pictures are judged by them too, and beginnings of words by which a text is flagged. */
const CATEGORIES: Readonly<Record<Category, readonly [boolean, string]>> = {
  harassment: [false, 'idiot moron stupid pathetic loser'],
  'harassment/threatening': [false, 'threaten'],
  hate: [false, 'racist racism bigot'],
  'hate/threatening': [false, 'genocide exterminate'],
  illicit: [false, 'shoplift counterfeit cocaine heroin'],
  'illicit/violent': [false, 'bomb explosive'],
  'self-harm': [true, 'suicid selfharm'],
  'self-harm/instructions': [true, ''],
  'self-harm/intent': [true, ''],
  sexual: [true, 'porn nude erotic'],
  'sexual/minors': [false, ''],
  violence: [true, 'kill murder stab shoot attack violen'],
  'violence/graphic': [true, 'gore decapitat mutilat'],
};

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
  const words = wordsOf(text.toLowerCase().replaceAll('self-harm', 'selfharm'));
  const scores = Object.fromEntries(
    Object.entries(CATEGORIES).map(([category, [, stems]]) => [category, scoreOf(words, stems)]),
  ) as Record<Category, number>;
  const categories = mapped(scores, (score) => score > 0.5);
  return {
    flagged: Object.values(categories).some(Boolean),
    categories,
    category_scores: scores,
    category_applied_input_types: mapped(CATEGORIES, ([pictures]) =>
      pictures ? ['text', 'image'] : ['text'],
    ) as unknown as OpenAI.Moderation['category_applied_input_types'],
  };
}

function scoreOf(words: readonly string[], stems: string): number {
  const bad = stems === '' ? [] : stems.split(' ');
  const hits = words.filter((word) => bad.some((stem) => word.startsWith(stem))).length;
  return hits === 0 ? 0.0001 : Math.min(0.99, 0.8 + hits * 0.05);
}

function mapped<T, R>(values: Readonly<Record<Category, T>>, of: (value: T) => R): Record<Category, R> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, of(value as T)])) as Record<Category, R>;
}
