import type Anthropic from '@anthropic-ai/sdk';
import { type Answer, type Call, jsonAnswer } from '../../provider.ts';
import { type Completion, complete, type Said } from '../complete.ts';
import type { JsonObject } from '../json.ts';
import { wholeAfterMs } from '../pace.ts';
import { lastAsked, type Prompt } from '../prompt.ts';
import { countPrompt } from '../tokens/count.ts';
import type { Turn } from '../turn.ts';
import { topicOf } from '../writing/words.ts';
import { headersFor } from './headers.ts';
import { lengthCheck } from './limits.ts';
import { type MessageRequest, messageRequest } from './request.ts';
import { streamed } from './stream.ts';

type Message = Anthropic.Message & JsonObject;

/** POST /v1/messages. */
export async function createMessage(turn: Turn, call: Call): Promise<Answer> {
  const request = messageRequest(call, turn.shared.state.responses);
  const completion = await complete(turn, request.prompt, {
    checkLength: lengthCheck(call),
    thought: (tokenizer) => (request.thinking ? tokenizer.count(thoughtOn(request.prompt)) : 0),
  });
  const message = messageOf(turn, request, completion);
  if (request.thread) turn.shared.state.store({ ...request.thread.keep, response: message as Message });
  if (request.stream) return streamed(turn, message, completion);
  const told = turn.told(`message ${request.prompt.model}`);
  return answerWith(turn, message, told, wholeAfterMs(completion.output, turn.shared.latency));
}

/** POST /v1/messages/count_tokens. */
export async function countTokens(turn: Turn, call: Call): Promise<Answer> {
  const { prompt } = messageRequest(call, turn.shared.state.responses, true);
  turn.allow(prompt.model);
  turn.judge({ model: prompt.model, text: lastAsked(prompt)?.text ?? '', tools: [] });
  const tokenizer = await turn.shared.tokenizers.for(prompt.model);
  const count = {
    input_tokens: await countPrompt(prompt, tokenizer, 'anthropic'),
  } satisfies Anthropic.MessageTokensCount;
  return answerWith(turn, count, turn.told(`count ${prompt.model}: ${count.input_tokens}`));
}

export function answerWith(turn: Turn, body: unknown, told: Answer['told'], afterMs = 0): Answer {
  return jsonAnswer(200, body, told, { headers: headersFor(turn), afterMs });
}

function messageOf(turn: Turn, request: MessageRequest, { said, input, output }: Completion): Anthropic.Message {
  const [answer] = said as [Said];
  return {
    id: turn.id('msg_01', 22),
    type: 'message',
    role: 'assistant',
    model: request.prompt.model,
    content: contentOf(turn, request, answer),
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: STOP_REASONS[answer.ended],
    stop_sequence: answer.stop,
    usage: {
      cache_creation: { ephemeral_1h_input_tokens: 0, ephemeral_5m_input_tokens: 0 },
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      inference_geo: null,
      input_tokens: input,
      output_tokens: output,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: null,
    },
  };
}

const STOP_REASONS = {
  done: 'end_turn',
  length: 'max_tokens',
  stop: 'stop_sequence',
  calls: 'tool_use',
} as const satisfies Record<Said['ended'], Anthropic.StopReason>;

function contentOf(turn: Turn, { prompt, thinking }: MessageRequest, { text, calls }: Said): Anthropic.ContentBlock[] {
  const content: Anthropic.ContentBlock[] = [];
  if (thinking) {
    content.push({ type: 'thinking', thinking: thoughtOn(prompt), signature: turn.id('', 64) });
  }
  // The API sends `citations` only where there are documents.
  if (text.text !== '') content.push({ type: 'text', text: text.text } as Anthropic.TextBlock);
  for (const { name, input } of calls) {
    content.push({
      type: 'tool_use',
      id: turn.id('toolu_01', 22),
      name,
      input: parsedInput(input.text),
      caller: { type: 'direct' },
    });
  }
  return content;
}

function thoughtOn(prompt: Prompt): string {
  return `This is about ${topicOf(lastAsked(prompt)?.text ?? '')}.`;
}

/** A call that was cut off at the limit has no JSON that could be read. */
function parsedInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
