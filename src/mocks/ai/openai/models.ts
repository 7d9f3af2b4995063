import type OpenAI from 'openai';
import type { Answer, Call } from '../../provider.ts';
import { Refusal } from '../refusal.ts';
import { isAllowed } from '../shared.ts';
import type { Turn } from '../turn.ts';
import { answerWith } from './answers.ts';

/** What is listed when the configuration names no models: those that apps usually ask for. Any other may be called too. */
const USUAL = [
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'o3',
  'o4-mini',
  'text-embedding-3-small',
  'text-embedding-3-large',
  'text-embedding-ada-002',
  'omni-moderation-latest',
];

/** 2025-01-01: the models don't change with the environment's clock. */
const CREATED_S = 1_735_689_600;

export function listModels(turn: Turn): Answer {
  const ids = turn.shared.models?.filter((id) => !id.startsWith('claude')) ?? USUAL;
  return answerWith(turn, { object: 'list', data: ids.map(modelOf) }, turn.told('models'));
}

export function retrieveModel(turn: Turn, _: Call, id: string): Answer {
  if (!isAllowed(turn.shared.models ?? USUAL, id)) throw new Refusal('unknown-model', id, { param: 'model' });
  return answerWith(turn, modelOf(id), turn.told(`model ${id}`));
}

function modelOf(id: string): OpenAI.Model {
  return { id, object: 'model', created: CREATED_S, owned_by: 'system' };
}
