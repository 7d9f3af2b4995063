import type OpenAI from 'openai';
import type { Answer, Call } from '../../provider.ts';
import { listed } from '../models/allowed.ts';
import type { Turn } from '../turn.ts';
import { answerWith } from './answers.ts';

/** 2025-01-01: the models don't change with the environment's clock. */
const CREATED_S = 1_735_689_600;

export function listModels(turn: Turn): Answer {
  const data = listed('openai', turn.shared.models).map(modelOf);
  return answerWith(turn, { object: 'list', data }, turn.told('models'));
}

export function retrieveModel(turn: Turn, _: Call, id: string): Answer {
  turn.allow(id);
  return answerWith(turn, modelOf(id), turn.told(`model ${id}`));
}

function modelOf(id: string): OpenAI.Model {
  return { id, object: 'model', created: CREATED_S, owned_by: 'system' };
}
