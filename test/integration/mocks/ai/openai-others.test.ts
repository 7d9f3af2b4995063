import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aiOfFile } from '../../../support/ai-mocks.ts';

const mocks = aiOfFile();

const model = 'text-embedding-3-small';

async function vectors(input: OpenAI.EmbeddingCreateParams['input'], more = {}): Promise<number[][]> {
  return (await mocks.openai.embeddings.create({ model, input, ...more })).data.map(({ embedding }) => embedding);
}

function dot(a: readonly number[] = [], b: readonly number[] = []): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe('embeddings', () => {
  it('have the dimensions of the model, or those asked for, and length 1, as base64 and as numbers', async () => {
    const [[base64], [float]] = [
      await vectors('a blue mug'),
      await vectors('a blue mug', { encoding_format: 'float' }),
    ];
    expect(base64).toHaveLength(1536);
    expect(base64).toEqual(float);
    expect(dot(base64, base64)).toBeCloseTo(1, 5);
    expect((await vectors('x', { model: 'text-embedding-3-large' }))[0]).toHaveLength(3072);
    const [short] = await vectors('a blue mug', { dimensions: 64 });
    expect(short).toHaveLength(64);
    expect(dot(short, short)).toBeCloseTo(1, 5);
  });

  it('are near for near texts', async () => {
    const [mug, mugs, tax] = await vectors(['a blue coffee mug', 'blue mugs for coffee', 'the tax return of 2024']);
    expect(dot(mug, mugs)).toBeGreaterThan(0.4);
    expect(dot(mug, tax)).toBeLessThan(0.2);
  });

  it('take lists of tokens, and count tokens', async () => {
    const { data, usage } = await mocks.openai.embeddings.create({ model, input: [[15339, 1917], [15339]] });
    const [text] = await vectors('hello world');
    expect(data[0]?.embedding).toEqual(text);
    expect(usage).toEqual({ prompt_tokens: 3, total_tokens: 3 });
  });

  it('refuse what the API refuses', async () => {
    await expect(vectors('')).rejects.toThrow(/'\$.input' is invalid/);
    await expect(vectors([])).rejects.toMatchObject({ status: 400, param: 'input' });
    await expect(vectors('x', { dimensions: 2000 })).rejects.toMatchObject({ param: 'dimensions' });
    await expect(vectors('x', { model: 'text-embedding-ada-002', dimensions: 5 })).rejects.toThrow(/does not support/);
    await expect(vectors('word '.repeat(9000))).rejects.toThrow(/maximum context length is 8192/);
  });
});

describe('moderations', () => {
  it('flag by words, and say in which category', async () => {
    const { results } = await mocks.openai.moderations.create({ input: ['I will kill you', 'I like tea'] });
    expect(results.map(({ flagged }) => flagged)).toEqual([true, false]);
    expect(results[0]).toMatchObject({ categories: { violence: true, sexual: false } });
    expect(results[0]?.category_scores.violence).toBeGreaterThan(0.5);
    const parts = [
      { type: 'text' as const, text: 'tea' },
      { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } },
    ];
    expect(
      (await mocks.openai.moderations.create({ model: 'omni-moderation-latest', input: parts })).results,
    ).toHaveLength(1);
  });
});

describe('moderations of what words alone would mislead on', () => {
  it('flag harm to oneself and hatred, and no talk of machines', async () => {
    const input = ['I want to kill myself', 'I hate all immigrants', 'How do I kill a Linux process?'];
    const { results } = await mocks.openai.moderations.create({ input });
    expect(results.map(({ flagged }) => flagged)).toEqual([true, true, false]);
    expect(results[0]?.categories).toMatchObject({ 'self-harm': true, 'self-harm/intent': true, violence: false });
    expect(results[1]?.categories.hate).toBe(true);
  });
});

describe('models', () => {
  it('are listed and retrieved', async () => {
    const ids: string[] = [];
    for await (const { id } of mocks.openai.models.list()) ids.push(id);
    expect(ids).toContain('gpt-4o-mini');
    expect(await mocks.openai.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' });
    await expect(mocks.openai.models.retrieve('gpt-none')).rejects.toThrow(OpenAI.NotFoundError);
  });
});
