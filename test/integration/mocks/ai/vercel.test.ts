import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { embedMany, generateText, type LanguageModel, Output, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aiOfFile, KEYS } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const openai = () => createOpenAI({ baseURL: `${mocks.url}/openai/v1`, apiKey: KEYS.openai });
const models: Record<string, () => LanguageModel> = {
  'OpenAI responses': () => openai()('gpt-4o-mini'),
  'OpenAI chat': () => openai().chat('gpt-4o-mini'),
  Anthropic: () => anthropic('/anthropic/v1'),
  // As it reads ANTHROPIC_BASE_URL, which Anthropic's own client needs without a version.
  'Anthropic by the address of its own client': () => anthropic('/anthropic'),
};

function anthropic(path: string): LanguageModel {
  return createAnthropic({ baseURL: `${mocks.url}${path}`, apiKey: KEYS.anthropic })('claude-opus-4-5');
}

describe.each(Object.entries(models))('the Vercel AI SDK on %s', (_, modelOf) => {
  it('generates and streams text', async () => {
    const asked = { model: modelOf(), prompt: 'Write a product description for a red teapot', maxRetries: 0 };
    const { text, finishReason, usage } = await generateText(asked);
    expect(text).toMatch(/red teapot/i);
    expect([finishReason, usage.outputTokens]).toEqual(['stop', expect.any(Number)]);
    const streamed = streamText(asked);
    const pieces: string[] = [];
    for await (const piece of streamed.textStream) pieces.push(piece);
    expect(pieces.join('')).toBe(text);
    expect(pieces.length).toBeGreaterThan(5);
    expect((await streamed.usage).outputTokens).toBe(usage.outputTokens);
  });

  it('generates objects', async () => {
    const schema = z.object({ title: z.string(), price: z.number().min(1).max(9), kind: z.enum(['tea', 'mug']) });
    const { output } = await generateText({
      model: modelOf(),
      prompt: 'A mug for the shop',
      output: Output.object({ schema }),
      maxRetries: 0,
    });
    expect(schema.parse(output).kind).toBe('mug');
  });

  it('calls tools, and goes on with their results', async () => {
    const inputs: unknown[] = [];
    const { text, steps } = await generateText({
      model: modelOf(),
      prompt: 'What is the weather in Bergen?',
      maxRetries: 0,
      stopWhen: stepCountIs(4),
      tools: {
        get_weather: tool({
          description: 'The weather of a city',
          inputSchema: z.object({ city: z.string() }),
          execute: (input) => {
            inputs.push(input);
            return { sky: 'rain' };
          },
        }),
      },
    });
    expect(inputs).toEqual([{ city: 'Bergen' }]);
    expect(text).toBe('According to get_weather, sky is rain.');
    expect(steps).toHaveLength(2);
  });
});

it('embeds', async () => {
  const model = openai().embedding('text-embedding-3-small');
  const { embeddings } = await embedMany({ model, values: ['a', 'b'] });
  expect(embeddings.map((one) => one.length)).toEqual([1536, 1536]);
});
