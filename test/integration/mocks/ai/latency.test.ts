import { expect, it } from 'vitest';
import { serveAi } from '../../../support/ai-mocks.ts';

const asked = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Write six sentences about tea' }] };

it('waits for the first token, and sends as many in a second as it is told to', async () => {
  await using served = await serveAi({ latency: { ttftMs: 100, tokensPerSecond: 200 } });
  // The tokenizer is loaded by the first call.
  await served.openai.responses.inputTokens.count({ model: 'gpt-4o', input: 'x' });
  const before = performance.now();
  const arrivals: number[] = [];
  const stream = await served.openai.chat.completions.create({ ...asked, stream: true });
  for await (const chunk of stream) if (chunk.choices[0]?.delta.content) arrivals.push(performance.now() - before);
  const [first = 0, last = 0] = [arrivals[0], arrivals.at(-1)];
  expect(first).toBeGreaterThanOrEqual(95);
  const expected = (arrivals.length - 1) * 5;
  expect(last - first).toBeGreaterThan(expected * 0.85);
  expect(last - first).toBeLessThan(expected * 2 + 300);
  expect(new Set(arrivals.map((at) => Math.round(at / 10))).size).toBeGreaterThan(10);
});

it('takes the time of all tokens for an answer that is not streamed', async () => {
  await using served = await serveAi({ latency: { ttftMs: 50, tokensPerSecond: 500 } });
  const { usage } = await served.openai.chat.completions.create(asked);
  const tookMs = served.calls[0]?.tookMs ?? 0;
  expect(tookMs).toBeGreaterThanOrEqual(50 + (usage?.completion_tokens ?? 0) * 2 - 5);
});
