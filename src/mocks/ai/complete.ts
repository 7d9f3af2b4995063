import { Draws } from '../../lib/draws.ts';
import { parsed } from './json.ts';
import { callable, lastAsked, type Prompt, type Reply, whole } from './prompt.ts';
import { badRequest } from './refusal.ts';
import type { RuleAnswer } from './rules.ts';
import { impossible } from './schema/impossible.ts';
import { countPrompt } from './tokens/count.ts';
import type { Tokenizer } from './tokens/tokenizer.ts';
import type { Turn } from './turn.ts';
import { resultsOf } from './writing/from-results.ts';
import { replyTo } from './writing/reply.ts';

/** One answer of a model as it was said, with why it ended. */
export interface Said {
  readonly text: Spoken;
  readonly calls: readonly SaidCall[];
  readonly ended: 'done' | 'length' | 'stop' | 'calls';
  /** The sequence at which it stopped. */
  readonly stop: string | null;
  readonly tokens: number;
}

export interface SaidCall {
  readonly name: string;
  readonly input: Spoken;
  /** The input is a text, not JSON. */
  readonly isText: boolean;
}

export interface Spoken {
  readonly text: string;
  readonly tokens: readonly number[];
}

export interface Completion {
  readonly said: readonly Said[];
  readonly input: number;
  readonly output: number;
  /** Tokens of the output that were thought, not said. */
  readonly reasoning: number;
  readonly tokenizer: Tokenizer;
}

/** What a call of a tool takes beside its name and arguments. */
const TOKENS_AROUND_CALL = 7;
const NOTHING: Spoken = { text: '', tokens: [] };

/** What a prompt may be, by its provider. */
export interface Allowance {
  /** Throws a Refusal where a prompt of that many tokens is too long. */
  readonly checkLength: (prompt: Prompt, input: number) => void;
  /** How many tokens are thought before an answer: they count, and the answer gets what they leave of the limit. */
  readonly thought: (tokenizer: Tokenizer, draws: Draws) => number;
  /** How many answers are wanted. */
  readonly count?: number;
}

/** The answers to a prompt; throws a Refusal where it isn't to be answered. */
export async function complete(turn: Turn, prompt: Prompt, allowance: Allowance): Promise<Completion> {
  const { checkLength, thought, count = 1 } = allowance;
  const { provider, shared } = turn;
  const offered = { ...prompt, tools: callable(prompt) };
  const tools = offered.tools.map(({ name }) => name);
  const fixed = turn.admit({ model: prompt.model, text: lastAsked(prompt)?.text ?? '', tools });
  checkSchemas(offered);
  const tokenizer = await shared.tokenizers.for(prompt.model);
  const input = await countPrompt(prompt, tokenizer, provider);
  checkLength(prompt, input);
  const draws = new Draws(shared.seed, 'reply', prompt.model, whole(prompt), String(prompt.seed));
  const thinking = new Draws(shared.seed, 'thought', prompt.model, whole(prompt), String(prompt.seed));
  const said: Said[] = [];
  let reasoning = 0;
  for (let index = 0; index < count; index += 1) {
    const reply = fixedReply(fixed, prompt) ?? (await replyTo(offered, draws.at(index)));
    const tokens = thought(tokenizer, thinking.at(index));
    const limit = prompt.limit === null ? null : Math.max(0, prompt.limit - tokens);
    said.push(limited(reply, { ...prompt, limit }, tokenizer));
    reasoning += tokens;
  }
  const output = said.reduce((sum, { tokens }) => sum + tokens, reasoning);
  turn.tokens = { input, output };
  return { said, input, output, reasoning, tokenizer };
}

/** Throws where a schema has no value: a model would have to make one. */
function checkSchemas({ tools, format }: Prompt): void {
  const named = [
    ...tools.map(({ name, schema }) => [`function '${name}'`, schema] as const),
    ...(format.kind === 'schema' ? [[`response_format '${format.name}'`, format.schema] as const] : []),
  ];
  for (const [of, schema] of named) {
    const why = impossible(schema);
    if (why !== null) throw badRequest(`Invalid schema for ${of}: ${why}`);
  }
}

/** Null too for a call of a tool that has given its result: it would be called for ever. */
function fixedReply(fixed: RuleAnswer | null, prompt: Prompt): Reply | null {
  if (fixed?.kind === 'text') return { text: fixed.text, calls: [] };
  if (fixed?.kind === 'json') return { text: JSON.stringify(fixed.json), calls: [] };
  if (fixed?.kind !== 'tool' || resultsOf(prompt).some(({ tool }) => tool === fixed.name)) return null;
  return { text: '', calls: [{ name: fixed.name, input: JSON.stringify(fixed.arguments ?? {}) }] };
}

/** As much of a reply as the prompt allows. */
function limited(reply: Reply, { tools, stops, limit }: Prompt, tokenizer: Tokenizer): Said {
  const stop = firstStop(reply.text, stops);
  const wanted = stop ? reply.text.slice(0, stop.at) : reply.text;
  let left = limit ?? Infinity;
  const speak = (text: string): Spoken => {
    const tokens = text === '' ? [] : tokenizer.encode(text);
    const spoken = tokens.length <= left ? { text, tokens } : cutAt(tokens, left, tokenizer);
    left -= tokens.length;
    return spoken;
  };
  const text = wanted === '' ? NOTHING : speak(wanted);
  let tokens = text.tokens.length;
  const calls: SaidCall[] = [];
  for (const { name, input } of left < 0 || stop ? [] : reply.calls) {
    if (left <= 0) break;
    const isText = tools.some((tool) => tool.name === name && tool.takesText);
    const spoken = speak(isText ? textIn(input) : input);
    calls.push({ name, input: spoken, isText });
    tokens += spoken.tokens.length + TOKENS_AROUND_CALL;
  }
  const ended = left < 0 ? 'length' : stop ? 'stop' : reply.calls.length > 0 ? 'calls' : 'done';
  return { text, calls, ended, stop: ended === 'stop' ? (stop?.sequence ?? null) : null, tokens: Math.max(1, tokens) };
}

/** Replies hold JSON, also of a text. */
function textIn(input: string): string {
  const value = parsed(input);
  return typeof value === 'string' ? value : input;
}

function cutAt(tokens: readonly number[], count: number, tokenizer: Tokenizer): Spoken {
  const kept = tokens.slice(0, Math.max(0, count));
  return { text: tokenizer.decode(kept), tokens: kept };
}

function firstStop(text: string, stops: readonly string[]): { at: number; sequence: string } | null {
  let first: { at: number; sequence: string } | null = null;
  for (const sequence of stops) {
    const at = sequence === '' ? -1 : text.indexOf(sequence);
    if (at >= 0 && (!first || at < first.at)) first = { at, sequence };
  }
  return first;
}
