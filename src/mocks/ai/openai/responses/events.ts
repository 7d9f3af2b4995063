import type OpenAI from 'openai';
import type { Tokenizer } from '../../tokens/tokenizer.ts';
import type { OutputItem, Response } from './response.ts';

type StreamEvent = OpenAI.Responses.ResponseStreamEvent;
/** Each event without the number that it gets in the stream. */
type Unnumbered = StreamEvent extends infer E ? (E extends StreamEvent ? Omit<E, 'sequence_number'> : never) : never;

export interface NumberedEvent {
  readonly event: { readonly type: string; readonly sequence_number: number };
  readonly tokens: number;
}

/** platform.openai.com/docs/api-reference/responses-streaming: what happens to the response, its items and their parts. */
export function* eventsOf(response: Response, tokenizer: Tokenizer): Iterable<NumberedEvent> {
  let number = 0;
  for (const { type, ...rest } of unnumbered(response, tokenizer)) {
    const isDelta = type.endsWith('.delta');
    yield { event: { type, sequence_number: number, ...rest }, tokens: isDelta ? 1 : 0 };
    number += 1;
  }
}

function* unnumbered(response: Response, tokenizer: Tokenizer): Iterable<Unnumbered> {
  // The events' type has the SDK's `output_text` too, which the API doesn't send.
  const whole = response as OpenAI.Responses.Response;
  const { usage: _, ...begun } = {
    ...whole,
    status: 'in_progress' as const,
    completed_at: null,
    incomplete_details: null,
    output: [],
  };
  yield { type: 'response.created', response: begun };
  yield { type: 'response.in_progress', response: begun };
  for (const [index, item] of (response.output as OutputItem[]).entries()) {
    yield* itemEvents(item, index, tokenizer);
  }
  if (response.status === 'incomplete') yield { type: 'response.incomplete', response: whole };
  else yield { type: 'response.completed', response: whole };
}

function itemEvents(item: OutputItem, index: number, tokenizer: Tokenizer): Iterable<Unnumbered> {
  switch (item.type) {
    case 'message':
      return messageEvents(item, index, tokenizer);
    case 'function_call':
      return callEvents(item, index, tokenizer);
    case 'custom_tool_call':
      return customCallEvents(item, index, tokenizer);
  }
}

type Message = OpenAI.Responses.ResponseOutputMessage;

function* messageEvents(item: Message, output_index: number, tokenizer: Tokenizer): Iterable<Unnumbered> {
  const [part] = item.content as [OpenAI.Responses.ResponseOutputText];
  const at = { item_id: item.id, output_index, content_index: 0 };
  yield { type: 'response.output_item.added', output_index, item: { ...item, status: 'in_progress', content: [] } };
  yield { type: 'response.content_part.added', ...at, part: { ...part, text: '', logprobs: [] } };
  const logprobs = part.logprobs ?? [];
  for (const [index, delta] of tokenizer.pieces(tokenizer.encode(part.text)).entries()) {
    yield { type: 'response.output_text.delta', ...at, delta, logprobs: logprobs.slice(index, index + 1) };
  }
  yield { type: 'response.output_text.done', ...at, text: part.text, logprobs };
  yield { type: 'response.content_part.done', ...at, part };
  yield { type: 'response.output_item.done', output_index, item };
}

type FunctionCall = OpenAI.Responses.ResponseFunctionToolCall;

function* callEvents(item: FunctionCall, output_index: number, tokenizer: Tokenizer): Iterable<Unnumbered> {
  const at = { item_id: item.id ?? '', output_index };
  yield { type: 'response.output_item.added', output_index, item: { ...item, status: 'in_progress', arguments: '' } };
  for (const delta of tokenizer.pieces(tokenizer.encode(item.arguments))) {
    yield { type: 'response.function_call_arguments.delta', ...at, delta };
  }
  yield { type: 'response.function_call_arguments.done', ...at, name: item.name, arguments: item.arguments };
  yield { type: 'response.output_item.done', output_index, item };
}

type CustomCall = OpenAI.Responses.ResponseCustomToolCallItem;

function* customCallEvents(item: CustomCall, output_index: number, tokenizer: Tokenizer): Iterable<Unnumbered> {
  const at = { item_id: item.id, output_index };
  const begun: CustomCall = { ...item, status: 'in_progress', input: '' };
  yield { type: 'response.output_item.added', output_index, item: begun };
  for (const delta of tokenizer.pieces(tokenizer.encode(item.input))) {
    yield { type: 'response.custom_tool_call_input.delta', ...at, delta };
  }
  yield { type: 'response.custom_tool_call_input.done', ...at, input: item.input };
  yield { type: 'response.output_item.done', output_index, item };
}
