import type OpenAI from 'openai';
import type { Answer, Call } from '../../../provider.ts';
import { type Completion, complete, type Said } from '../../complete.ts';
import { kindOf } from '../../models/known.ts';
import { Refusal } from '../../refusal.ts';
import type { Turn } from '../../turn.ts';
import { answerWith } from '../answers.ts';
import { logprobsOf } from '../logprobs.ts';
import { thought } from '../reasoning.ts';
import { checkLength } from './limits.ts';
import { type ChatRequest, chatRequest } from './request.ts';
import { streamed } from './stream.ts';

/** POST /v1/chat/completions. */
export async function createChat(turn: Turn, call: Call): Promise<Answer> {
  const request = chatRequest(call);
  checkKind(turn, request.prompt.model);
  const completion = await complete(turn, request.prompt, {
    checkLength,
    thought: (_, draws) => thought(request.effort, request.prompt.limit, draws),
    count: request.count,
  });
  if (request.stream) return streamed(turn, request, completion);
  const body = completed(turn, request, completion);
  return answerWith(turn, body, turn.told(`chat ${request.prompt.model}`), completion.output);
}

function checkKind(turn: Turn, model: string): void {
  turn.allow(model);
  const kind = kindOf(model);
  if (kind === 'chat' || kind === null) return;
  const message =
    'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?';
  throw new Refusal('not-found', message, { param: 'model' });
}

function completed(
  turn: Turn,
  { prompt, count, logprobs }: ChatRequest,
  completion: Completion,
): OpenAI.ChatCompletion {
  return {
    id: turn.id('chatcmpl-', 29),
    object: 'chat.completion',
    created: turn.createdS,
    model: prompt.model,
    choices: completion.said.slice(0, count).map((said, index) => ({
      index,
      message: messageOf(turn, said),
      logprobs: logprobs === null ? null : logprobsIn(said, logprobs, turn, completion),
      finish_reason: finishOf(said),
    })),
    usage: usageOf(completion),
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
  };
}

/** Of the text alone, as the API has it. */
export function logprobsIn(
  { text }: Said,
  count: number,
  { shared }: Turn,
  { tokenizer }: Completion,
): OpenAI.ChatCompletion.Choice.Logprobs {
  return { content: text.text === '' ? null : logprobsOf(text.text, count, shared, tokenizer), refusal: null };
}

/** Says that nothing about the model has changed. */
export const FINGERPRINT = 'fp_devenv0001';

function messageOf(turn: Turn, { text, calls }: Said): OpenAI.ChatCompletionMessage {
  const message: OpenAI.ChatCompletionMessage = {
    role: 'assistant',
    content: calls.length > 0 && text.text === '' ? null : text.text,
    refusal: null,
    annotations: [],
  };
  if (calls.length > 0) {
    message.tool_calls = calls.map(({ name, input, isText }) => {
      const id = turn.id('call_', 24);
      if (isText) return { id, type: 'custom', custom: { name, input: input.text } };
      return { id, type: 'function', function: { name, arguments: input.text } };
    });
  }
  return message;
}

export function finishOf({ ended }: Said): 'stop' | 'length' | 'tool_calls' {
  return ended === 'length' ? 'length' : ended === 'calls' ? 'tool_calls' : 'stop';
}

export function usageOf({ input, output, reasoning }: Completion): OpenAI.CompletionUsage {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
