import type OpenAI from 'openai';
import type { Answer } from '../../../provider.ts';
import type { Completion, Said, SaidCall } from '../../complete.ts';
import type { Piece } from '../../pace.ts';
import { piece, streamAnswer } from '../../sse.ts';
import type { Tokenizer } from '../../tokens/tokenizer.ts';
import type { Turn } from '../../turn.ts';
import { headersFor } from '../answers.ts';
import { FINGERPRINT, finishOf, logprobsIn, usageOf } from './chat.ts';
import type { ChatRequest } from './request.ts';

type Chunk = OpenAI.ChatCompletionChunk;
type Delta = OpenAI.ChatCompletionChunk.Choice.Delta;
type CallDelta = OpenAI.ChatCompletionChunk.Choice.Delta.ToolCall;

/** Chunks of all choices, `[DONE]` at the end; with `include_usage` a last chunk that holds usage and no choice. */
export function streamed(turn: Turn, request: ChatRequest, completion: Completion): Answer {
  const { prompt, includeUsage } = request;
  const base = {
    id: turn.id('chatcmpl-', 29),
    object: 'chat.completion.chunk',
    created: turn.createdS,
    model: prompt.model,
    service_tier: 'default',
    system_fingerprint: FINGERPRINT,
  } satisfies Partial<Chunk>;
  const chunk = (choices: Chunk['choices'], usage: Chunk['usage'] = null): Chunk =>
    includeUsage ? { ...base, choices, usage } : { ...base, choices };
  const pieces: Piece[] = [];
  for (const [index, said] of completion.said.entries()) {
    const told = request.logprobs === null ? [] : logprobsIn(said, request.logprobs, turn, completion).content;
    const left = [...(told ?? [])];
    for (const { delta, tokens } of deltasOf(turn, said, completion.tokenizer)) {
      const own = delta.content ? left.shift() : undefined;
      const logprobs = own ? { content: [own], refusal: null } : null;
      pieces.push(piece(chunk([{ index, delta, logprobs, finish_reason: null }]), tokens));
    }
    pieces.push(piece(chunk([{ index, delta: {}, logprobs: null, finish_reason: finishOf(said) }])));
  }
  if (includeUsage) pieces.push(piece(chunk([], usageOf(completion))));
  pieces.push({ data: 'data: [DONE]\n\n', tokens: 0 });
  return streamAnswer(pieces, turn.shared.latency, turn.told(`chat ${prompt.model}, streamed`), headersFor(turn));
}

function* deltasOf(turn: Turn, said: Said, tokenizer: Tokenizer): Iterable<{ delta: Delta; tokens: number }> {
  const { text, calls } = said;
  yield {
    delta: { role: 'assistant', content: calls.length > 0 && text.text === '' ? null : '', refusal: null },
    tokens: 0,
  };
  for (const content of tokenizer.pieces(text.tokens)) yield { delta: { content }, tokens: 1 };
  for (const [index, call] of calls.entries()) {
    const id = turn.id('call_', 24);
    for (const part of callDeltas(id, call, tokenizer))
      yield { delta: { tool_calls: [{ index, ...part }] }, tokens: 1 };
  }
}

function* callDeltas(
  id: string,
  { name, input, isText }: SaidCall,
  tokenizer: Tokenizer,
): Iterable<Omit<CallDelta, 'index'>> {
  const pieces = tokenizer.pieces(input.tokens);
  if (isText) {
    // The SDK's types of chunks know functions alone.
    yield { id, type: 'custom', custom: { name, input: '' } } as unknown as CallDelta;
    for (const input of pieces) yield { custom: { input } } as unknown as CallDelta;
    return;
  }
  yield { id, type: 'function', function: { name, arguments: '' } };
  for (const piece of pieces) yield { function: { arguments: piece } };
}
