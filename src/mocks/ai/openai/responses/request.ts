import type OpenAI from 'openai';
import type { Call } from '../../../provider.ts';
import type { Fields } from '../../fields.ts';
import type { JsonObject } from '../../json.ts';
import { limitsOf } from '../../models/limits.ts';
import { isReasoning } from '../../models/reasoning.ts';
import type { Prompt, Turn } from '../../prompt.ts';
import { badRequest } from '../../refusal.ts';
import type { ResponseStore } from '../../response-store.ts';
import { bodyOf, checkMetadata, modelOf, unsupported } from '../body.ts';
import { asksForJson, formatOf } from '../format.ts';
import { alternativesOf } from '../logprobs.ts';
import { checkReasoning, effortOf } from '../reasoning.ts';
import { choiceOf } from '../tool-choice.ts';
import { toolsOf } from '../tools.ts';
import { itemsOf, turnsOfItems } from './input.ts';
import { checkToolCalls } from './tool-calls.ts';

export interface ResponseRequest {
  readonly prompt: Prompt;
  readonly stream: boolean;
  readonly store: boolean;
  readonly effort: ReturnType<typeof effortOf>;
  /** Whether a prompt that is too long is shortened instead of refused. */
  readonly truncates: boolean;
  /** How many alternatives are told of each token of the answer; null where no probabilities are wanted. */
  readonly logprobs: number | null;
  /** The items that came with this request. */
  readonly input: readonly JsonObject[];
  /** The request as it came: the response repeats much of it. */
  readonly asked: JsonObject;
}

/** The compiler says when the SDK knows another. */
const KNOWN: Readonly<Record<string, true>> = {
  background: true,
  context_management: true,
  conversation: true,
  include: true,
  input: true,
  instructions: true,
  max_output_tokens: true,
  metadata: true,
  model: true,
  moderation: true,
  parallel_tool_calls: true,
  previous_response_id: true,
  prompt: true,
  prompt_cache_key: true,
  prompt_cache_options: true,
  prompt_cache_retention: true,
  reasoning: true,
  safety_identifier: true,
  service_tier: true,
  store: true,
  stream: true,
  stream_options: true,
  temperature: true,
  text: true,
  tool_choice: true,
  tools: true,
  top_logprobs: true,
  top_p: true,
  truncation: true,
  user: true,
} satisfies Record<keyof OpenAI.Responses.ResponseCreateParams, true>;

/** The API takes no smaller `max_output_tokens`. */
const LEAST_OUTPUT = 16;

export function responseRequest(call: Call, store: ResponseStore): ResponseRequest {
  const body = bodyOf(call, KNOWN);
  const model = modelOf(body);
  unsupported(body, 'background', 'conversation', 'prompt', 'moderation', 'context_management');
  body.number('temperature', 0, 2);
  body.number('top_p', 0, 1);
  const effort = effortOf(body.inner('reasoning'), 'effort', model);
  checkReasoning(body, model, effort);
  checkMetadata(body);
  const tools = toolsOf(body, 'responses');
  const input = itemsOf(body);
  const items = [...earlierItems(body, store), ...input];
  checkToolCalls(items);
  const instructions = body.string('instructions');
  const turns: Turn[] = [
    ...(instructions ? [{ role: 'system' as const, text: instructions }] : []),
    ...turnsOfItems(items),
  ];
  const format = formatOf(body.inner('text')?.inner('format') ?? null);
  if (format.kind === 'json' && !asksForJson(turns)) {
    throw badRequest(
      "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
      'input',
    );
  }
  return {
    prompt: {
      model,
      turns,
      tools,
      choice: choiceOf(body, tools, 'responses'),
      parallel: body.boolean('parallel_tool_calls') ?? true,
      format,
      limit: body.integer('max_output_tokens', LEAST_OUTPUT, limitsOf('openai', model).output),
      stops: [],
      seed: null,
    },
    stream: body.boolean('stream') ?? false,
    store: body.boolean('store') ?? true,
    effort,
    truncates: body.oneOf('truncation', ['auto', 'disabled']) === 'auto',
    logprobs: logprobsAsked(body, model),
    input: input.map(({ object }) => object),
    asked: body.object,
  };
}

const LOGPROBS = 'message.output_text.logprobs';

function logprobsAsked(body: Fields, model: string): number | null {
  const count = alternativesOf(body);
  if (!body.strings('include')?.includes(LOGPROBS)) return null;
  if (!isReasoning(model)) return count;
  throw badRequest(
    `Unsupported parameter: '${LOGPROBS}' is not supported with this model.`,
    'include',
    'unsupported_parameter',
  );
}

/** Of all responses that this one goes on from, the first one's first. */
function earlierItems(body: Fields, store: ResponseStore): Fields[] {
  const param = 'previous_response_id';
  const id = body.string(param);
  const found = id === null ? [] : store.conversation(id);
  if ('missing' in found) {
    throw badRequest(`Previous response with id '${found.missing}' not found.`, param, 'previous_response_not_found');
  }
  const items = found.flatMap(({ input, response }) => [...input, ...(response.output as JsonObject[])]);
  return items.map((item) => body.other(item));
}
