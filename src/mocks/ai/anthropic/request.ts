import type Anthropic from '@anthropic-ai/sdk';
import type { Call } from '../../provider.ts';
import type { Fields } from '../fields.ts';
import type { Format, Prompt, Tool, ToolChoice } from '../prompt.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { ResponseStore } from '../response-store.ts';
import { bodyOf, unsupported } from './body.ts';
import { checkMessages } from './check-messages.ts';
import { answerLimit } from './limits.ts';
import { turnsOf } from './messages.ts';
import { thinkingOf } from './thinking.ts';
import { type Thread, threadOf } from './thread.ts';
import { checkToolResults } from './tool-results.ts';

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
  const limit = counting ? null : answerLimit(body, model);
  const messages = body.required('messages', body.objects('messages'));
  unsupported(body, 'compaction', 'container', 'fallbacks', 'mcp_servers');
  body.number('temperature', 0, 1);
  body.number('top_p', 0, 1);
  body.integer('top_k', 0);
  if (messages.length === 0) throw badRequest('messages: at least one message is required', 'messages');
  const turns = turnsOf(body, messages);
  checkMessages(messages);
  checkToolResults(messages);
  const last = turns.at(-1);
  const tools = toolsOf(body);
  const prefill = last?.role === 'assistant' ? last.text : '';
  const asked = body.inner('tool_choice');
  const choice = choiceOf(asked, tools);
  return {
    prompt: {
      model,
      turns,
      tools,
      choice,
      parallel: !(asked?.boolean('disable_parallel_tool_use') ?? false),
      format: formatOf(body, prefill),
      limit,
      stops: body.strings('stop_sequences') ?? [],
      seed: null,
    },
    stream: body.boolean('stream') ?? false,
    thinking: thinkingOf(body, choice, limit),
    thread,
  };
}

const NAME = /^[a-zA-Z0-9_-]{1,128}$/;

/** Tools with a schema. Those that Anthropic runs itself (`web_search_…`), or whose input it has defined, the mock lacks. */
function toolsOf(body: Fields): Tool[] {
  const tools = (body.objects('tools') ?? []).map((tool) => {
    const type = tool.string('type') ?? 'custom';
    if (type !== 'custom') throw new Refusal('unsupported', `tools of type ${type}`, { param: tool.path('type') });
    const name = tool.required('name', tool.string('name'));
    if (!NAME.test(name)) throw badRequest(`${tool.at}.custom.name: String should match pattern '${NAME.source}'`);
    const schema = tool.required('input_schema', tool.inner('input_schema')).object;
    if (schema.type !== 'object') throw badRequest(`${tool.path('input_schema')}.type: Input should be 'object'`);
    return { name, description: tool.string('description') ?? '', schema };
  });
  if (new Set(tools.map(({ name }) => name)).size < tools.length) throw badRequest('tools: Tool names must be unique.');
  return tools;
}

function choiceOf(choice: Fields | null, tools: readonly Tool[]): ToolChoice {
  const type = choice?.required('type', choice.oneOf('type', ['auto', 'any', 'tool', 'none'])) ?? 'auto';
  if (choice && tools.length === 0) {
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
