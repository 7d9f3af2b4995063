import type Anthropic from '@anthropic-ai/sdk';
import type { Answer, Call } from '../../provider.ts';
import { listed } from '../models/allowed.ts';
import { limitsOf } from '../models/limits.ts';
import type { Turn } from '../turn.ts';
import { answerWith } from './message.ts';

const LINES = ['haiku', 'sonnet', 'opus', 'fable', 'mythos'] as const satisfies readonly Anthropic.ModelInfo['line'][];
const CREATED = '2025-01-01T00:00:00Z';
const USUAL_PAGE = 20;
const MOST = 1000;

/** GET /v1/models, in pages that go on behind `after_id` or end before `before_id`. */
export function listModels(turn: Turn, { query }: Call): Answer {
  const ids = listed('anthropic', turn.shared.models);
  const limit = Math.min(Math.max(Number(query.get('limit') ?? USUAL_PAGE) || USUAL_PAGE, 1), MOST);
  const [after, before] = [query.get('after_id'), query.get('before_id')];
  const end = before === null ? ids.length : Math.max(0, ids.indexOf(before));
  const start = after !== null ? ids.indexOf(after) + 1 : before === null ? 0 : Math.max(0, end - limit);
  const data = ids.slice(start, Math.min(start + limit, end)).map(modelOf);
  const body = {
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: before === null ? start + limit < ids.length : start > 0,
  };
  return answerWith(turn, body, turn.told('models'));
}

export function retrieveModel(turn: Turn, _: Call, id: string): Answer {
  turn.allow(id);
  return answerWith(turn, modelOf(id), turn.told(`model ${id}`));
}

function modelOf(id: string): Anthropic.ModelInfo {
  const { context, output } = limitsOf('anthropic', id);
  return {
    id,
    type: 'model',
    display_name: id
      .split('-')
      .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
      .join(' '),
    created_at: CREATED,
    capabilities: null,
    deprecated_at: null,
    retires_at: null,
    lifecycle: 'active',
    line: LINES.find((line) => id.includes(line)) ?? null,
    max_input_tokens: context,
    max_tokens: output,
  };
}
