import type { Prompt, Turn } from '../prompt.ts';
import { anthropicTokens, openaiTokens, sizeOf } from './pictures.ts';
import type { Tokenizer } from './tokenizer.ts';

/**
 * Tokens of a prompt, by OpenAI's cookbook ("How to count tokens with tiktoken"): 3 around each message, 3 that begin the
 * answer, and tools as the text of their definition. What is sent to Anthropic is counted alike.
 */
export function countPrompt(
  prompt: Prompt,
  tokenizer: Tokenizer,
  provider: 'openai' | 'anthropic',
): number | Promise<number> {
  let total = 3;
  for (const turn of prompt.turns) total += countTurn(turn, tokenizer);
  for (const { name, description, schema } of prompt.tools) {
    total += 10 + tokenizer.count(`${name}:${description}`) + tokenizer.count(JSON.stringify(schema ?? {}));
  }
  if (prompt.format.kind === 'schema') total += tokenizer.count(JSON.stringify(prompt.format.schema));
  const pictures = prompt.turns.flatMap((turn) => (turn.role === 'user' ? turn.images : []));
  if (pictures.length === 0) return total;
  return Promise.all(
    pictures.map(async (picture) => {
      const size = await sizeOf(picture);
      return provider === 'openai' ? openaiTokens(prompt.model, picture.detail, size) : anthropicTokens(size);
    }),
  ).then((counts) => counts.reduce((sum, count) => sum + count, total));
}

function countTurn(turn: Turn, tokenizer: Tokenizer): number {
  // The role is one token.
  let total = 4 + tokenizer.count(turn.text);
  if (turn.role === 'assistant') {
    for (const { name, input } of turn.calls) total += 7 + tokenizer.count(name) + tokenizer.count(input);
  }
  return total;
}
