import type { GptEncoding } from 'gpt-tokenizer/GptEncoding';
import { segmentsOf } from './segments.ts';

/** OpenAI's byte pair encodings (github.com/openai/tiktoken). */
export type Encoding = 'o200k_base' | 'cl100k_base';

export interface Tokenizer {
  encode(text: string): number[];
  count(text: string): number;
  /** Without a character at the end of which tokens are missing. */
  decode(tokens: readonly number[]): string;
  /** As a stream sends them: one token each, but for characters that are spread over several. */
  pieces(tokens: readonly number[]): string[];
}

/** Text that looks like a special token is plain text here. */
const PLAIN = { disallowedSpecial: new Set<string>() };

/** Merges that are kept between calls; its own limit of 100,000 would cost tens of megabytes. */
const KEPT_MERGES = 20_000;

/** Anthropic's tokenizer isn't public: its models are counted as OpenAI's newest, which comes near. */
export function encodingOf(model: string): Encoding {
  return /^(gpt-4(?![.o])|gpt-3|text-embedding|text-moderation)/.test(model) ? 'cl100k_base' : 'o200k_base';
}

/** Tokenizers are loaded when they are first needed: each takes a fifth of a second and tens of megabytes. */
export class Tokenizers {
  readonly #ready = new Map<Encoding, Tokenizer>();
  readonly #coming = new Map<Encoding, Promise<Tokenizer>>();

  for(model: string): Tokenizer | Promise<Tokenizer> {
    const encoding = encodingOf(model);
    const ready = this.#ready.get(encoding);
    if (ready) return ready;
    const coming = this.#coming.get(encoding) ?? this.#load(encoding);
    this.#coming.set(encoding, coming);
    return coming;
  }

  async #load(encoding: Encoding): Promise<Tokenizer> {
    const library = await (encoding === 'o200k_base'
      ? import('gpt-tokenizer/encoding/o200k_base')
      : import('gpt-tokenizer/encoding/cl100k_base'));
    const tokenizer = wrapped(library.default);
    this.#ready.set(encoding, tokenizer);
    return tokenizer;
  }
}

function wrapped(library: GptEncoding): Tokenizer {
  library.setMergeCacheSize(KEPT_MERGES);
  return {
    encode: (text) => segmentsOf(text).flatMap((segment) => library.encode(segment, PLAIN)),
    count: (text) => segmentsOf(text).reduce((sum, segment) => sum + counted(segment, library), 0),
    decode: (tokens) => alone(library, () => library.decode(tokens as number[])),
    pieces: (tokens) => alone(library, () => [...library.decodeGenerator(tokens as number[])]),
  };
}

function counted(text: string, library: GptEncoding): number {
  return text === '' ? 0 : library.countTokens(text, PLAIN);
}

/** The token of the byte 0xFF in both encodings, which no character has: behind it nothing is unfinished. */
const NO_CHARACTER = 187;

/** The library goes on with a character that the tokens before ended in the middle of, whoever asked for those. */
function alone<T>(library: GptEncoding, decode: () => T): T {
  try {
    return decode();
  } finally {
    library.decode([NO_CHARACTER]);
  }
}
