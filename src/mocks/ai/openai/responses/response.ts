import type OpenAI from 'openai';
import type { Completion, Said } from '../../complete.ts';
import type { Turn } from '../../turn.ts';
import { type Logprob, logprobsOf } from '../logprobs.ts';
import type { ResponseRequest } from './request.ts';

/** As the API sends it: `output_text` is added by the SDK. */
export type Response = Omit<OpenAI.Responses.Response, 'output_text'>;
export type OutputItem =
  | OpenAI.Responses.ResponseOutputMessage
  | OpenAI.Responses.ResponseFunctionToolCall
  | OpenAI.Responses.ResponseCustomToolCallItem;

export function responseOf(turn: Turn, request: ResponseRequest, completion: Completion): Response {
  const [said] = completion.said as [Said];
  const cut = said.ended === 'length';
  const { text } = said.text;
  const logprobs =
    request.logprobs === null ? [] : logprobsOf(text, request.logprobs, turn.shared, completion.tokenizer);
  const asked = request.asked as Partial<Response>;
  return {
    id: turn.hexId('resp_', 48),
    object: 'response',
    created_at: turn.createdS,
    status: cut ? 'incomplete' : 'completed',
    background: false,
    completed_at: cut ? null : turn.createdS,
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: asked.instructions ?? null,
    max_output_tokens: asked.max_output_tokens ?? null,
    model: request.prompt.model,
    output: itemsOf(turn, said, cut ? 'incomplete' : 'completed', logprobs),
    parallel_tool_calls: asked.parallel_tool_calls ?? true,
    previous_response_id: asked.previous_response_id ?? null,
    prompt_cache_key: asked.prompt_cache_key ?? null,
    reasoning: { effort: null, summary: null, ...asked.reasoning },
    safety_identifier: asked.safety_identifier ?? null,
    service_tier: 'default',
    temperature: asked.temperature ?? 1,
    text: { verbosity: 'medium', ...asked.text, format: asked.text?.format ?? { type: 'text' } },
    tool_choice: asked.tool_choice ?? 'auto',
    tools: asked.tools ?? [],
    top_logprobs: request.logprobs ?? 0,
    top_p: asked.top_p ?? 1,
    truncation: asked.truncation ?? 'disabled',
    usage: {
      input_tokens: completion.input,
      input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
      output_tokens: completion.output,
      output_tokens_details: { reasoning_tokens: completion.reasoning },
      total_tokens: completion.input + completion.output,
    },
    metadata: asked.metadata ?? {},
  };
}

function itemsOf(
  turn: Turn,
  { text, calls }: Said,
  status: 'completed' | 'incomplete',
  logprobs: Logprob[],
): OutputItem[] {
  const items: OutputItem[] = [];
  if (text.text !== '' || calls.length === 0) {
    items.push({
      id: turn.hexId('msg_', 48),
      type: 'message',
      status,
      role: 'assistant',
      content: [{ type: 'output_text', text: text.text, annotations: [], logprobs }],
    });
  }
  for (const { name, input, isText } of calls) {
    if (isText) {
      const ids = { id: turn.hexId('ctc_', 48), call_id: turn.id('call_', 24) };
      items.push({ ...ids, type: 'custom_tool_call', status, name, input: input.text });
      continue;
    }
    const ids = { id: turn.hexId('fc_', 48), call_id: turn.id('call_', 24) };
    items.push({ ...ids, type: 'function_call', status, name, arguments: input.text });
  }
  return items;
}
