import type Anthropic from '@anthropic-ai/sdk';
import type { Call } from '../../provider.ts';
import type { Fields } from '../fields.ts';
import type { Format, Prompt, Tool, ToolChoice } from '../prompt.ts';
import { badRequest } from '../refusal.ts';
import type { ResponseStore } from '../response-store.ts';
import { bodyOf, unsupported } from './body.ts';
import { turnsOf } from './messages.ts';
import { type Thread, threadOf } from './thread.ts';

export interface MessageRequest {
  readonly prompt: Prompt;
  readonly stream: boolean;
  readonly thinking: boolean;
  /** The conversation that the server keeps, if it is to keep it. */
  readonly thread: Thread | null;
}

/** Of the `beta` methods too; the compiler says when the SDK knows another. */
const KNOWN: Readonly<Record<string, true>> = {
  max_tokens: true,
  messages: true,
  model: true,
  billing_policy: true,
  cache_control: true,
  compaction: true,
  container: true,
  context_management: true,
  diagnostics: true,
  fallback_credit_token: true,
  fallbacks: true,
  inference_geo: true,
  mcp_servers: true,
  metadata: true,
  output_config: true,
  output_format: true,
  service_tier: true,
  speed: true,
  stop_sequences: true,
  stream: true,
  system: true,
  thinking: true,
  thread: true,
  tool_choice: true,
  tools: true,
  betas: true,
  user_profile_id: true,
  workspace_id: true,
  // Of older models.
  temperature: true,
  top_k: true,
  top_p: true,
} satisfies Record<keyof Anthropic.Beta.MessageCreateParams | keyof Anthropic.MessageCreateParams, true> &
  Record<string, true>;

/** `counting` requests have no `max_tokens`. */
export function messageRequest(call: Call, store: ResponseStore, counting = false): MessageRequest {
  const sent = bodyOf(call, KNOWN);
  const thread = threadOf(sent, store);
  const body = thread?.body ?? sent;
  const model = body.required('model', body.string('model'));
  const limit = counting ? null : body.required('max_tokens', body.integer('max_tokens', 1));
  const messages = body.required('messages', body.objects('messages'));
  unsupported(body, 'compaction', 'container', 'fallbacks', 'mcp_servers');
  body.number('temperature', 0, 1);
  body.number('top_p', 0, 1);
  body.integer('top_k', 0);
  if (messages.length === 0) throw badRequest('messages: at least one message is required', 'messages');
  const turns = turnsOf(body, messages);
  const last = turns.at(-1);
  const tools = toolsOf(body);
  const prefill = last?.role === 'assistant' ? last.text : '';
  const choice = body.inner('tool_choice');
  return {
    prompt: {
      model,
      turns,
      tools,
      choice: choiceOf(choice, tools),
      parallel: !(choice?.boolean('disable_parallel_tool_use') ?? false),
      format: formatOf(body, prefill),
      limit,
      stops: body.strings('stop_sequences') ?? [],
      seed: null,
    },
    stream: body.boolean('stream') ?? false,
    thinking: ['enabled', 'adaptive'].includes(body.inner('thinking')?.string('type') ?? ''),
    thread,
  };
}

/** Tools with a schema; those that Anthropic runs itself (`web_search_…`) are never called by the mock. */
function toolsOf(body: Fields): Tool[] {
  return (body.objects('tools') ?? []).flatMap((tool) => {
    const type = tool.string('type') ?? 'custom';
    if (type !== 'custom') return [];
    const name = tool.required('name', tool.string('name'));
    const schema = tool.required('input_schema', tool.inner('input_schema')).object;
    if (schema.type !== 'object') throw badRequest(`${tool.path('input_schema')}.type: Input should be 'object'`);
    return { name, description: tool.string('description') ?? '', schema };
  });
}

function choiceOf(choice: Fields | null, tools: readonly Tool[]): ToolChoice {
  const type = choice?.required('type', choice.oneOf('type', ['auto', 'any', 'tool', 'none'])) ?? 'auto';
  if (choice && type !== 'none' && type !== 'auto' && tools.length === 0) {
    throw badRequest('tool_choice: may only be specified while providing tools', 'tool_choice');
  }
  if (!choice || type !== 'tool') return { kind: type === 'any' ? 'required' : type === 'none' ? 'none' : 'auto' };
  const name = choice.required('name', choice.string('name'));
  if (!tools.some((tool) => tool.name === name)) {
    throw badRequest(`Tool '${name}' not found in provided tools`, 'tool_choice');
  }
  return { kind: 'named', name };
}

function formatOf(body: Fields, prefill: string): Format {
  const format = body.inner('output_config')?.inner('format') ?? body.inner('output_format');
  const schema = format?.inner('schema');
  if (schema) return { kind: 'schema', name: 'output', schema: schema.object };
  // The usual way to get JSON of a model without schemas: it goes on with what was begun.
  return { kind: /^\s*[{[]/.test(prefill) ? 'json' : 'text' };
}
