import type { AiProvider } from '../rules.ts';

/** Tokens that a model takes. */
export interface Limits {
  /** Of the prompt and the answer together. */
  readonly context: number;
  /** Of the prompt, where it may not be all of the context. */
  readonly input: number;
  /** Of the answer. */
  readonly output: number;
}

type Row = readonly [RegExp, number, number, input?: number];

/** platform.openai.com/docs/models: the first that matches; of models that are newer the last. */
const OPENAI: readonly Row[] = [
  [/^(?:ft:)?gpt-3\.5-turbo-instruct/, 4_096, 4_096],
  [/^(?:ft:)?gpt-3\.5/, 16_385, 4_096],
  [/^(?:ft:)?gpt-4-(?:turbo|1106|0125|vision)/, 128_000, 4_096],
  [/^(?:ft:)?gpt-4-32k/, 32_768, 32_768],
  [/^(?:ft:)?gpt-4(?![.o\d])/, 8_192, 8_192],
  [/^(?:ft:)?(?:gpt-4o|gpt-4\.5|chatgpt-4o|gpt-5(?:\.\d+)?-chat)/, 128_000, 16_384],
  [/^(?:ft:)?gpt-4\.1/, 1_047_576, 32_768],
  [/^o1-preview/, 128_000, 32_768],
  [/^o1-mini/, 128_000, 65_536],
  [/^(?:ft:)?(?:o\d|codex)/, 200_000, 100_000],
  [/^/, 400_000, 128_000, 272_000],
];

/** docs.anthropic.com/en/docs/about-claude/models/overview */
const ANTHROPIC: readonly Row[] = [
  [/^claude-(?:2|instant)/, 200_000, 4_096],
  [/^claude-3-(?:haiku|sonnet|opus)/, 200_000, 4_096],
  [/^claude-3-5/, 200_000, 8_192],
  [/^claude-opus-4(?:-[01])?(?:-\d{8}|-latest)?$/, 200_000, 32_000],
  [/^claude-(?:3-7|(?:sonnet|haiku|opus)-4(?:-[0-5])?(?:-\d{8}|-latest)?$)/, 200_000, 64_000],
  [/^claude-haiku/, 200_000, 64_000],
  [/^/, 1_000_000, 128_000],
];

const ROWS: Readonly<Record<AiProvider, readonly Row[]>> = { openai: OPENAI, anthropic: ANTHROPIC };

export function limitsOf(provider: AiProvider, model: string): Limits {
  const row = ROWS[provider].find(([pattern]) => pattern.test(model)) as Row;
  const [, context, output, input = context] = row;
  return { context, input, output };
}
