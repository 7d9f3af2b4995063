import type OpenAI from 'openai';
import type { Call } from '../../../provider.ts';
import type { Fields } from '../../fields.ts';
import { isReasoning } from '../../models/reasoning.ts';
import type { Prompt } from '../../prompt.ts';
import { badRequest } from '../../refusal.ts';
import { bodyOf, checkMetadata, modelOf, unsupported } from '../body.ts';
import { asksForJson, formatOf } from '../format.ts';
import { alternativesOf } from '../logprobs.ts';
import { checkReasoning, effortOf } from '../reasoning.ts';
import { choiceOf } from '../tool-choice.ts';
import { toolsOf } from '../tools.ts';
import { answerLimit } from './limits.ts';
import { turnOf } from './messages.ts';
import { checkToolCalls } from './tool-calls.ts';

export interface ChatRequest {
  readonly prompt: Prompt;
  readonly count: number;
  readonly stream: boolean;
  readonly includeUsage: boolean;
  readonly effort: ReturnType<typeof effortOf>;
  /** How many alternatives are told of each token of the answer; null where no probabilities are wanted. */
  readonly logprobs: number | null;
}

/** The compiler says when the SDK knows another. */
const KNOWN: Readonly<Record<string, true>> = {
  messages: true,
  model: true,
  audio: true,
  frequency_penalty: true,
  function_call: true,
  functions: true,
  logit_bias: true,
  logprobs: true,
  max_completion_tokens: true,
  max_tokens: true,
  metadata: true,
  modalities: true,
  moderation: true,
  n: true,
  parallel_tool_calls: true,
  prediction: true,
  presence_penalty: true,
  prompt_cache_key: true,
  prompt_cache_options: true,
  prompt_cache_retention: true,
  reasoning_effort: true,
  response_format: true,
  safety_identifier: true,
  seed: true,
  service_tier: true,
  stop: true,
  store: true,
  stream: true,
  stream_options: true,
  temperature: true,
  tool_choice: true,
  tools: true,
  top_logprobs: true,
  top_p: true,
  user: true,
  verbosity: true,
  web_search_options: true,
} satisfies Record<keyof OpenAI.ChatCompletionCreateParams, true>;

export function chatRequest(call: Call): ChatRequest {
  const body = bodyOf(call, KNOWN);
  const model = modelOf(body);
  const messages = body.required('messages', body.objects('messages'));
  if (messages.length === 0) {
    throw badRequest(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  }
  unsupported(body, 'audio', 'functions', 'function_call', 'moderation', 'web_search_options');
  const effort = effortOf(body, 'reasoning_effort', model);
  checkSampling(body);
  checkReasoning(body, model, effort);
  checkMetadata(body);
  const tools = toolsOf(body, 'chat');
  const turns = messages.map(turnOf);
  checkToolCalls(turns);
  const format = formatOf(body.inner('response_format'));
  if (format.kind === 'json' && !asksForJson(turns)) {
    throw badRequest(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      'messages',
    );
  }
  return {
    prompt: {
      model,
      turns,
      tools,
      choice: choiceOf(body, tools, 'chat'),
      parallel: body.boolean('parallel_tool_calls') ?? true,
      format,
      limit: answerLimit(body, model),
      stops: stopsOf(body),
      seed: body.integer('seed'),
    },
    count: body.integer('n', 1, 128) ?? 1,
    effort,
    logprobs: logprobsAsked(body, model),
    ...streamingOf(body),
  };
}

function streamingOf(body: Fields): Pick<ChatRequest, 'stream' | 'includeUsage'> {
  const stream = body.boolean('stream') ?? false;
  const options = body.inner('stream_options');
  if (options && !stream) {
    throw badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  }
  return { stream, includeUsage: options?.boolean('include_usage') ?? false };
}

function checkSampling(body: Fields): void {
  body.number('temperature', 0, 2);
  body.number('top_p', 0, 1);
  body.number('frequency_penalty', -2, 2);
  body.number('presence_penalty', -2, 2);
  const bias = body.inner('logit_bias');
  for (const token of Object.keys(bias?.object ?? {})) bias?.number(token, -100, 100);
}

function logprobsAsked(body: Fields, model: string): number | null {
  const wanted = body.boolean('logprobs') ?? false;
  const count = alternativesOf(body);
  const named = wanted ? 'logprobs' : body.raw('top_logprobs') === null ? null : 'top_logprobs';
  if (named === null) return null;
  if (isReasoning(model)) {
    throw badRequest(
      `Unsupported parameter: '${named}' is not supported with this model.`,
      named,
      'unsupported_parameter',
    );
  }
  if (wanted) return count;
  throw badRequest("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", named);
}

function stopsOf(body: Fields): readonly string[] {
  const stop = body.raw('stop');
  if (typeof stop === 'string') return [stop];
  const stops = body.strings('stop') ?? [];
  if (stops.length > 4) {
    throw badRequest(
      `Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length ${stops.length} instead.`,
      'stop',
      'array_above_max_length',
    );
  }
  return stops;
}
