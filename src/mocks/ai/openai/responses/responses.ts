import type OpenAI from 'openai';
import type { Answer, Call, Told } from '../../../provider.ts';
import { complete } from '../../complete.ts';
import type { JsonObject } from '../../json.ts';
import { limitsOf } from '../../models/limits.ts';
import type { Prompt } from '../../prompt.ts';
import { badRequest, Refusal } from '../../refusal.ts';
import type { Kept } from '../../response-store.ts';
import type { Route } from '../../router.ts';
import { named, streamAnswer } from '../../sse.ts';
import { countPrompt } from '../../tokens/count.ts';
import type { Tokenizer } from '../../tokens/tokenizer.ts';
import type { Turn } from '../../turn.ts';
import { answerWith, headersFor } from '../answers.ts';
import { thought } from '../reasoning.ts';
import { eventsOf } from './events.ts';
import { keptItem } from './input.ts';
import { pageOf } from './page.ts';
import { responseRequest } from './request.ts';
import { type Response, responseOf } from './response.ts';

export const RESPONSE_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/v1/responses', answer: create },
  { method: 'POST', path: '/v1/responses/input_tokens', answer: count },
  { method: 'GET', path: '/v1/responses/:id', answer: retrieve },
  { method: 'DELETE', path: '/v1/responses/:id', answer: remove },
  { method: 'POST', path: '/v1/responses/:id/cancel', answer: cancel },
  { method: 'GET', path: '/v1/responses/:id/input_items', answer: inputItems },
];

async function create(turn: Turn, call: Call): Promise<Answer> {
  const { state } = turn.shared;
  const request = responseRequest(call, state.responses);
  const completion = await complete(turn, request.prompt, {
    checkLength: request.truncates ? () => {} : checkLength,
    thought: (_, draws) => thought(request.effort, request.prompt.limit, draws),
  });
  const response = responseOf(turn, request, completion);
  if (request.store) {
    const input = request.input.map((item) => ({ id: turn.hexId('msg_', 48), ...keptItem(item) }));
    state.store({
      response: response as Response & JsonObject,
      input,
      previous: response.previous_response_id ?? null,
    });
  }
  const told = turn.told(`response ${request.prompt.model}${request.stream ? ', streamed' : ''}`);
  if (request.stream) return streamed(turn, response, completion.tokenizer, told, -1);
  return answerWith(turn, response, told, completion.output);
}

function checkLength({ model }: Prompt, input: number): void {
  if (input <= limitsOf('openai', model).input) return;
  throw badRequest(
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
    'input',
    'context_length_exceeded',
  );
}

async function count(turn: Turn, call: Call): Promise<Answer> {
  const { prompt } = responseRequest(call, turn.shared.state.responses);
  const tokenizer = await turn.shared.tokenizers.for(prompt.model);
  const body = {
    object: 'response.input_tokens',
    input_tokens: await countPrompt(prompt, tokenizer, 'openai'),
  } satisfies OpenAI.Responses.InputTokenCountResponse;
  return answerWith(turn, body, turn.told(`count ${prompt.model}: ${body.input_tokens}`));
}

async function retrieve(turn: Turn, { query }: Call, id: string): Promise<Answer> {
  const { response } = kept(turn, id);
  const told = turn.told(`retrieve ${id}`);
  if (query.get('stream') !== 'true') return answerWith(turn, response, told);
  const tokenizer = await turn.shared.tokenizers.for(String(response.model));
  const after = Number(query.get('starting_after') ?? -1);
  return streamed(turn, response as unknown as Response, tokenizer, told, after);
}

function streamed(turn: Turn, response: Response, tokenizer: Tokenizer, told: Told, after: number): Answer {
  const events = [...eventsOf(response, tokenizer)].filter(({ event }) => event.sequence_number > after);
  const pieces = events.map(({ event, tokens }) => named(event, tokens));
  return streamAnswer(pieces, turn.shared.latency, told, headersFor(turn));
}

function remove(turn: Turn, _: Call, id: string): Answer {
  kept(turn, id);
  turn.shared.state.delete(id);
  return answerWith(turn, { id, object: 'response', deleted: true }, turn.told(`delete ${id}`));
}

/** Only those of the background can be cancelled, which the mock doesn't have. */
function cancel(turn: Turn, _: Call, id: string): Answer {
  kept(turn, id);
  throw badRequest('Cannot cancel a synchronous response.');
}

function inputItems(turn: Turn, { query }: Call, id: string): Answer {
  return answerWith(turn, pageOf(kept(turn, id).input, query), turn.told(`input items of ${id}`));
}

function kept(turn: Turn, id: string): Kept {
  const found = turn.shared.state.responses.get(id);
  if (!found) throw new Refusal('not-found', `Response with id '${id}' not found.`);
  return found;
}
