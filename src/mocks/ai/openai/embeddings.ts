import type OpenAI from 'openai';
import type { Answer, Call } from '../../provider.ts';
import { embeddingOf } from '../embedding.ts';
import type { Fields } from '../fields.ts';
import { kindOf } from '../models/known.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Tokenizer } from '../tokens/tokenizer.ts';
import type { Turn } from '../turn.ts';
import { answerWith } from './answers.ts';
import { bodyOf, modelOf } from './body.ts';

const KNOWN: Readonly<Record<string, true>> = {
  input: true,
  model: true,
  dimensions: true,
  encoding_format: true,
  user: true,
} satisfies Record<keyof OpenAI.EmbeddingCreateParams, true>;

const DIMENSIONS: Readonly<Record<string, number>> = { 'text-embedding-3-large': 3072 };
const USUAL_DIMENSIONS = 1536;
const MOST_INPUTS = 2048;
const MOST_TOKENS = 8192;

/** POST /v1/embeddings. */
export async function createEmbeddings(turn: Turn, call: Call): Promise<Answer> {
  const body = bodyOf(call, KNOWN);
  const model = modelOf(body);
  const format = body.oneOf('encoding_format', ['float', 'base64']) ?? 'float';
  const dimensions = dimensionsOf(body, model);
  const tokenizer = await turn.shared.tokenizers.for(model);
  const inputs = inputsOf(body, tokenizer);
  turn.allow(model);
  if (kindOf(model) === 'chat')
    throw new Refusal('forbidden', 'You are not allowed to generate embeddings from this model');
  turn.admit({ model, text: inputs.join('\n'), tools: [] });
  const input = inputs.reduce((sum, text) => sum + counted(text, tokenizer), 0);
  turn.tokens = { input, output: 0 };
  const response = {
    object: 'list',
    data: inputs.map((text, index) => ({
      object: 'embedding',
      index,
      embedding: encoded(embeddingOf(text, dimensions), format),
    })),
    model,
    usage: { prompt_tokens: input, total_tokens: input },
  };
  return answerWith(turn, response, turn.told(`embed ${inputs.length} × ${dimensions}`), 0);
}

function dimensionsOf(body: Fields, model: string): number {
  const most = DIMENSIONS[model] ?? USUAL_DIMENSIONS;
  if (body.raw('dimensions') !== null && model === 'text-embedding-ada-002') {
    throw badRequest('This model does not support specifying dimensions.', 'dimensions');
  }
  return body.integer('dimensions', 1, most) ?? most;
}

/** Texts, or lists of tokens, which are as good. */
function inputsOf(body: Fields, tokenizer: Tokenizer): string[] {
  const input = body.required('input', body.raw('input'));
  const list: unknown[] = !Array.isArray(input) || typeof input[0] === 'number' ? [input] : input;
  if (list.length === 0 || list.length > MOST_INPUTS) {
    throw badRequest(
      `Invalid 'input': expected 1 to ${MOST_INPUTS} elements, but got ${list.length} instead.`,
      'input',
    );
  }
  return list.map((one) => {
    const text = Array.isArray(one) ? decoded(one, tokenizer) : one;
    if (typeof text === 'string' && text !== '') return text;
    throw badRequest(
      "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
    );
  });
}

/** Null where one isn't a token. */
function decoded(tokens: readonly unknown[], tokenizer: Tokenizer): string | null {
  try {
    return tokenizer.decode(tokens as number[]);
  } catch {
    return null;
  }
}

function counted(text: string, tokenizer: Tokenizer): number {
  const count = tokenizer.count(text);
  if (count <= MOST_TOKENS) return count;
  throw badRequest(
    `This model's maximum context length is ${MOST_TOKENS} tokens, however you requested ${count} tokens (${count} in your prompt; ` +
      '0 for the completion). Please reduce your prompt; or completion length.',
  );
}

/** Base64 is of little-endian float32, whatever the machine. */
function encoded(vector: Float32Array, format: 'float' | 'base64'): number[] | string {
  if (format === 'float') return Array.from(vector);
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
