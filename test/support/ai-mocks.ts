import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll } from 'vitest';
import { type Ai, createAi } from '../../src/mocks/ai/ai.ts';
import type { AiOptions } from '../../src/mocks/ai/options.ts';
import { VirtualClock } from '../../src/mocks/clock.ts';
import { mounted } from '../../src/mocks/mounted.ts';
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
  const served = await serveMocks([mounted(ai.openai), mounted(ai.anthropic)]);
  return {
    ...served,
    ai,
    openai: new OpenAI({ baseURL: `${served.url}/openai/v1`, apiKey: KEYS.openai, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: `${served.url}/anthropic`, apiKey: KEYS.anthropic, maxRetries: 0 }),
  };
}

/** The same ones for all tests of a file, there from its first test to its last. */
export function aiOfFile(): Omit<ServedAi, typeof Symbol.asyncDispose> {
  let served: ServedAi;
  beforeAll(async () => {
    served = await serveAi();
  });
  afterAll(() => served[Symbol.asyncDispose]());
  return {
    get ai() {
      return served.ai;
    },
    get openai() {
      return served.openai;
    },
    get anthropic() {
      return served.anthropic;
    },
    get url() {
      return served.url;
    },
    get calls() {
      return served.calls;
    },
    get failures() {
      return served.failures;
    },
  };
}
