import { describe, expect, it } from 'vitest';
import { isAllowed, listed } from '../../../../src/mocks/ai/models/allowed.ts';
import { isKnown, USUAL } from '../../../../src/mocks/ai/models/known.ts';

describe('known models', () => {
  it('are those that are listed', () => {
    for (const provider of ['openai', 'anthropic'] as const)
      expect(USUAL[provider].filter((model) => !isKnown(provider, model))).toEqual([]);
  });

  it.each([
    'gpt-4-0613',
    'gpt-4-1106-preview',
    'gpt-3.5-turbo-16k',
    'gpt-4o-2024-11-20',
    'gpt-4o-mini-search-preview-2025-03-11',
    'gpt-4o-audio-preview',
    'gpt-5-chat-latest',
    'gpt-5.1-codex-mini',
    'o1-preview',
    'o3-deep-research-2025-06-26',
    'o4-mini-2025-04-16',
    'codex-mini-latest',
  ])('of OpenAI are %s', (model) => expect(isKnown('openai', model)).toBe(true));

  it.each([
    'claude-opus-4-20250514',
    'claude-sonnet-4-5-20250929',
    'claude-3-7-sonnet-latest',
    'claude-3-haiku-20240307',
    'claude-opus-5',
  ])('of Anthropic are %s', (model) => expect(isKnown('anthropic', model)).toBe(true));

  it.each(['gpt-nope', 'gpt-4o-mni', 'gpt4o', 'gpt-4.0', 'o3mini', 'text-embedding-3', 'llama-3', ''])(
    '%j is none',
    (model) => expect(isKnown('openai', model)).toBe(false),
  );
});

describe('allowed models', () => {
  it('may be written with a star, which has no other character to be special', () => {
    expect(isAllowed('openai', ['gpt-4.*'], 'gpt-4.1-mini')).toBe(true);
    expect(isAllowed('openai', ['gpt-4.*'], 'gpt-4o')).toBe(false);
    expect(isAllowed('openai', ['*'], 'claude-opus-4-5')).toBe(false);
    expect(isAllowed('anthropic', ['*'], 'claude-anything')).toBe(true);
  });

  it('are listed once, each by its provider', () => {
    expect(listed('openai', ['gpt-4o-mini', 'gpt-4o*', 'claude-*'])).toEqual(['gpt-4o-mini', 'gpt-4o']);
  });
});
