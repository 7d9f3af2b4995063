import type Anthropic from '@anthropic-ai/sdk';
import type { Answer } from '../../provider.ts';
import type { Completion } from '../complete.ts';
import type { Piece } from '../pace.ts';
import { named, streamAnswer } from '../sse.ts';
import type { Turn } from '../turn.ts';
import { headersFor } from './headers.ts';

type Delta = Anthropic.RawContentBlockDelta;

/** docs.anthropic.com/en/docs/build-with-claude/streaming: each block begins, grows and ends between those of the message. */
export function streamed(turn: Turn, message: Anthropic.Message, completion: Completion): Answer {
  const pieces = [...eventsOf(message, completion)];
  const told = turn.told(`message ${message.model}, streamed`);
  return streamAnswer(pieces, turn.shared.latency, told, headersFor(turn));
}

function* eventsOf(message: Anthropic.Message, completion: Completion): Iterable<Piece> {
  const { stop_reason, stop_sequence, usage } = message;
  const begun = {
    ...message,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { ...usage, output_tokens: 1 },
  };
  yield event({ type: 'message_start', message: begun });
  for (const [index, block] of message.content.entries()) {
    yield event({ type: 'content_block_start', index, content_block: emptied(block) });
    if (index === 0) yield { data: 'event: ping\ndata: {"type": "ping"}\n\n', tokens: 0 };
    for (const delta of deltasOf(block, completion)) yield event({ type: 'content_block_delta', index, delta }, 1);
    yield event({ type: 'content_block_stop', index });
  }
  yield event({
    type: 'message_delta',
    delta: { stop_reason, stop_sequence, stop_details: null, container: null },
    usage: {
      input_tokens: usage.input_tokens,
      output_tokens: usage.output_tokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens_details: null,
      server_tool_use: null,
    },
  });
  yield event({ type: 'message_stop' });
}

function event(data: Anthropic.RawMessageStreamEvent, tokens = 0): Piece {
  return named(data, tokens);
}

function emptied(block: Anthropic.ContentBlock): Anthropic.ContentBlock {
  switch (block.type) {
    case 'text':
      return { ...block, text: '' };
    case 'thinking':
      return { ...block, thinking: '', signature: '' };
    case 'tool_use':
      return { ...block, input: {} };
    default:
      return block;
  }
}

function* deltasOf(block: Anthropic.ContentBlock, { said, tokenizer }: Completion): Iterable<Delta> {
  const pieces = (text: string): string[] => tokenizer.pieces(tokenizer.encode(text));
  switch (block.type) {
    case 'text':
      for (const text of pieces(block.text)) yield { type: 'text_delta', text };
      break;
    case 'thinking':
      for (const thinking of pieces(block.thinking)) yield { type: 'thinking_delta', thinking };
      yield { type: 'signature_delta', signature: block.signature };
      break;
    case 'tool_use': {
      // As it was said, also where it was cut off.
      const input = said[0]?.calls.find(({ name }) => name === block.name)?.input.text ?? '{}';
      for (const partial_json of ['', ...pieces(input)]) yield { type: 'input_json_delta', partial_json };
    }
  }
}
