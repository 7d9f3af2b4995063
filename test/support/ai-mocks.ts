import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { type Ai, type AiOptions, createAi } from '../../src/mocks/ai/ai.ts';
import { VirtualClock } from '../../src/mocks/clock.ts';
import { type ServedMocks, serveMocks } from './serve-mocks.ts';

export const KEYS = { openai: 'sk-devenv-mock', anthropic: 'sk-ant-devenv-mock' };

export function aiOptions(changed: Partial<AiOptions> = {}): AiOptions {
  return {
    seed: 1,
    clock: new VirtualClock(Date.UTC(2026, 0, 1)),
    keys: KEYS,
    latency: { ttftMs: 0, tokensPerSecond: null },
    budget: null,
    models: null,
    rules: [],
    ...changed,
  };
}

export interface ServedAi extends ServedMocks {
  readonly ai: Ai;
  readonly openai: OpenAI;
  readonly anthropic: Anthropic;
}

/** Both AI mocks on a free port, and their official clients, which don't retry. */
export async function serveAi(changed: Partial<AiOptions> = {}): Promise<ServedAi> {
  const ai = createAi(aiOptions(changed));
  const served = await serveMocks([
    { prefix: '/openai', provider: ai.openai },
    { prefix: '/anthropic', provider: ai.anthropic },
  ]);
  return {
    ...served,
    ai,
    openai: new OpenAI({ baseURL: `${served.url}/openai/v1`, apiKey: KEYS.openai, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: `${served.url}/anthropic`, apiKey: KEYS.anthropic, maxRetries: 0 }),
  };
}
