import fc from 'fast-check';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { countPrompt } from '../../../../src/mocks/ai/tokens/count.ts';
import { anthropicTokens, openaiTokens, sizeOf } from '../../../../src/mocks/ai/tokens/pictures.ts';
import { LONGEST_RUN, segmentsOf } from '../../../../src/mocks/ai/tokens/segments.ts';
import { encodingOf, Tokenizers } from '../../../../src/mocks/ai/tokens/tokenizer.ts';
import { promptOf } from './prompts.ts';

describe('tokenizers', () => {
  it.each([
    ['gpt-4o-mini', 'o200k_base'],
    ['gpt-4.1', 'o200k_base'],
    ['gpt-5', 'o200k_base'],
    ['o3', 'o200k_base'],
    ['claude-opus-4-5', 'o200k_base'],
    ['gpt-4', 'cl100k_base'],
    ['gpt-4-turbo', 'cl100k_base'],
    ['gpt-3.5-turbo', 'cl100k_base'],
    ['text-embedding-3-small', 'cl100k_base'],
  ])('%s counts by %s', (model, encoding) => {
    expect(encodingOf(model)).toBe(encoding);
  });

  it('are loaded once, and are there at once from then on', async () => {
    const tokenizers = new Tokenizers();
    const [first, second] = [tokenizers.for('gpt-4o'), tokenizers.for('gpt-4o')];
    expect(await first).toBe(await second);
    expect(tokenizers.for('gpt-5')).toBe(await first);
  });

  it('take any text apart into pieces that make it up again', async () => {
    const tokenizer = await new Tokenizers().for('gpt-4o');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tokens = tokenizer.encode(text);
        expect(tokenizer.pieces(tokens).join('')).toBe(text);
        expect(tokenizer.count(text)).toBe(tokens.length);
      }),
    );
    expect(tokenizer.count('<|endoftext|>')).toBeGreaterThan(1);
  });

  it.each(['gpt-4o', 'gpt-4'])('of %s forget a character that was cut', async (model) => {
    const tokenizer = await new Tokenizers().for(model);
    const tokens = tokenizer.encode('𓂀');
    expect(tokens.length).toBeGreaterThan(1);
    for (const decode of [tokenizer.decode, (part: number[]) => tokenizer.pieces(part).join('')]) {
      expect(decode(tokens.slice(0, -1))).toBe('');
      expect(decode(tokens)).toBe('𓂀');
    }
  });

  it('take runs without a break in parts, so that no text takes time by its square', () => {
    const runs = (text: string) =>
      segmentsOf(text).flatMap((part) => part.match(/\p{L}+|[^\s\p{L}\p{N}]+|\s+/gu) ?? []);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('x', '学', '-', ' ', '7', '😀', 'word '), fc.nat(900))), (list) => {
        const text = list.map(([unit, count]) => unit.repeat(count)).join('');
        expect(segmentsOf(text).join('')).toBe(text);
        expect(runs(text).filter((run) => [...run].length > LONGEST_RUN)).toEqual([]);
      }),
    );
    expect(runs('x'.repeat(1_000_000)).length).toBe(Math.ceil(1_000_000 / LONGEST_RUN));
  });

  it('count them as near as can be, and all else as it is', async () => {
    const tokenizer = await new Tokenizers().for('gpt-4o');
    for (const unit of ['x', '=', ' ', 'aB', '学']) {
      const text = unit.repeat(3_000);
      const [counted, real] = [tokenizer.count(text), encode(text).length];
      expect(Math.abs(counted / real - 1)).toBeLessThan(0.05);
      expect(tokenizer.encode(text)).toHaveLength(counted);
    }
    expect(tokenizer.count('x'.repeat(1_000_000))).toBe(125_000);
    const text = `${'The mug, it is blue. '.repeat(50)}${'='.repeat(LONGEST_RUN)}`;
    expect(tokenizer.encode(text)).toEqual(encode(text));
  });
});

describe('prompts', () => {
  it('count as the cookbook of OpenAI has it', async () => {
    const tokenizer = await new Tokenizers().for('gpt-4o');
    // 3 for each message, 1 for its role, and 3 for the answer's beginning.
    expect(countPrompt(promptOf(['hello world']), tokenizer, 'openai')).toBe(2 + 4 + 3);
    const tools = [{ name: 'find', description: 'Finds', schema: { type: 'object' } }];
    expect(countPrompt(promptOf(['hello world'], { tools }), tokenizer, 'openai')).toBeGreaterThan(9 + 10);
  });
});

describe('pictures', () => {
  it.each([
    // The examples of platform.openai.com/docs/guides/images-vision.
    ['gpt-4o', 'high', 1024, 1024, 765],
    ['gpt-4o', 'high', 2048, 4096, 1105],
    ['gpt-4o', 'low', 4096, 8192, 85],
    ['gpt-4o-mini', 'low', 1, 1, 2833],
    ['gpt-5', 'low', 1, 1, 70],
  ] as const)('take of %s in detail %s with %i × %i pixels %i tokens', (model, detail, width, height, tokens) => {
    expect(openaiTokens(model, detail, { width, height })).toBe(tokens);
  });

  it.each([
    // docs.anthropic.com, "Vision": 1 megapixel about 1,334 tokens.
    [1000, 1000, 1334],
    [200, 200, 54],
    [4000, 4000, 1600],
  ])('take of Anthropic with %i × %i pixels %i tokens', (width, height, tokens) => {
    expect(anthropicTokens({ width, height })).toBe(tokens);
  });

  it('tell their size themselves, and have a usual one where they do not', async () => {
    const gif = Buffer.from([...Buffer.from('GIF89a'), 0x20, 0x03, 0x58, 0x02, 0, 0, 0]).toString('base64');
    const size = (url: string): Promise<unknown> => sizeOf({ url, detail: 'high' });
    expect(await size(`data:image/gif;base64,${gif}`)).toMatchObject({ width: 800, height: 600 });
    expect(await size('data:image/png;base64,AAAA')).toEqual({ width: 1024, height: 1024 });
    expect(await size('https://example.com/a.png')).toEqual({ width: 1024, height: 1024 });
  });
});
