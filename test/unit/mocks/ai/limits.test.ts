import { expect, it } from 'vitest';
import { limitsOf } from '../../../../src/mocks/ai/models/limits.ts';

it.each([
  // platform.openai.com/docs/models
  ['openai', 'gpt-4o-mini-2024-07-18', 128_000, 128_000, 16_384],
  ['openai', 'ft:gpt-4o-mini-2024-07-18:acme::abc', 128_000, 128_000, 16_384],
  ['openai', 'gpt-4', 8_192, 8_192, 8_192],
  ['openai', 'gpt-4-turbo', 128_000, 128_000, 4_096],
  ['openai', 'gpt-4.1-nano', 1_047_576, 1_047_576, 32_768],
  ['openai', 'gpt-3.5-turbo', 16_385, 16_385, 4_096],
  ['openai', 'o4-mini', 200_000, 200_000, 100_000],
  ['openai', 'gpt-5-mini', 400_000, 272_000, 128_000],
  ['openai', 'gpt-5-chat-latest', 128_000, 128_000, 16_384],
  // docs.anthropic.com/en/docs/about-claude/models/overview
  ['anthropic', 'claude-opus-4-5-20251101', 200_000, 200_000, 64_000],
  ['anthropic', 'claude-opus-4-1-20250805', 200_000, 200_000, 32_000],
  ['anthropic', 'claude-opus-4-20250514', 200_000, 200_000, 32_000],
  ['anthropic', 'claude-sonnet-4-20250514', 200_000, 200_000, 64_000],
  ['anthropic', 'claude-3-5-haiku-latest', 200_000, 200_000, 8_192],
  ['anthropic', 'claude-3-7-sonnet-latest', 200_000, 200_000, 64_000],
  ['anthropic', 'claude-opus-4-6', 1_000_000, 1_000_000, 128_000],
] as const)('of %s %s takes %i tokens, %i of them asked and %i answered', (provider, model, context, input, output) => {
  expect(limitsOf(provider, model)).toEqual({ context, input, output });
});
