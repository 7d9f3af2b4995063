import type { Draws } from '../../../lib/draws.ts';
import { isObject, parsed } from '../json.ts';
import { lastAsked, type Prompt, rulesOf, type Tool } from '../prompt.ts';
import { badRequest } from '../refusal.ts';
import { generate } from '../schema/generate.ts';
import { drawnOnly, type Material, materialOf } from '../schema/material.ts';
import { oneEach } from '../schema/several.ts';
import { isHard, schemaMistake, verifier } from '../schema/verify.ts';
import { resultsOf } from './from-results.ts';

const TRIES = 60;
const SAID_TRIES = 15;

/** Valid arguments for the calls of a tool, made of what the user said: one, or one for each of several things at once. */
export async function inputsFor(tool: Tool, prompt: Prompt, draws: Draws): Promise<unknown[]> {
  const material = materialOf(prompt, draws);
  const inputs = [];
  for (const one of prompt.parallel ? oneEach(tool.schema, material) : [material]) {
    inputs.push(await answered(tool.schema, tool.name, one, `function '${tool.name}'`));
  }
  return inputs;
}

/** The whole of an answer that is to be JSON. */
export function documentFor(prompt: Prompt, draws: Draws): Promise<unknown> {
  const material = materialOf(prompt, draws);
  const { format } = prompt;
  if (format.kind === 'schema')
    return answered(format.schema, format.name, material, `response_format '${format.name}'`);
  return valid(guessed(prompt), '', material);
}

/** A schema that is broken is refused, as the providers do; they check it before, which would cost each call. */
async function answered(schema: unknown, name: string, material: Material, of: string): Promise<unknown> {
  try {
    return await valid(schema, name, material);
  } catch (error) {
    const mistake = await schemaMistake(schema);
    throw mistake === null ? error : badRequest(`Invalid schema for ${of}: ${mistake}`);
  }
}

async function valid(schema: unknown, name: string, material: Material): Promise<unknown> {
  const value = generate(schema, material, name);
  if (!isHard(schema)) return value;
  const fits = await verifier(schema);
  if (fits(value)) return value;
  for (let index = 0; index < TRIES; index += 1) {
    // What is said outright is tried a few times more: alternatives are drawn anew each time.
    const tried = generate(schema, index < SAID_TRIES ? material : drawnOnly(material), name);
    if (fits(tried)) return tried;
  }
  return value;
}

/** JSON mode names no schema: its keys are those of an example in the prompt, or the words that it quotes. */
function guessed(prompt: Prompt): unknown {
  const said = `${rulesOf(prompt)}\n${lastAsked(prompt)?.text ?? ''}`;
  const example = exampleIn(said);
  if (example !== undefined) return shapeOf(example);
  const results = resultsOf(prompt)
    .map(({ text }) => parsed(text))
    .find(isObject);
  const named = keysIn(said) ?? Object.keys(results ?? { title: 0, answer: 0, keywords: 0 });
  const properties = Object.fromEntries(named.map((key) => [key, keyShape(key, results?.[key])]));
  const object = { type: 'object', properties, required: named };
  // `response_format: json_object` allows no list at the top.
  return prompt.format.kind === 'text' && /\b(array|list) of\b/i.test(said)
    ? { type: 'array', items: object, minItems: 2 }
    : object;
}

function exampleIn(said: string): unknown {
  const start = said.search(/[{[]\s*["{[]/);
  const end = Math.max(said.lastIndexOf('}'), said.lastIndexOf(']')) + 1;
  return start < 0 ? undefined : parsed(said.slice(start, end));
}

function keysIn(said: string): string[] | null {
  const quoted = [...said.matchAll(/["'`]([A-Za-z_]\w{0,40})["'`]/g)].map(([, key]) => key as string);
  if (quoted.length > 0) return [...new Set(quoted)];
  const listed = /\b(?:keys?|fields?|properties)\b:?\s+((?:\w+\s*(?:,|\band\b|&)\s*)*\w+)/i.exec(said)?.[1];
  return listed?.split(/\s*(?:,|\band\b|&)\s*/).filter(Boolean) ?? null;
}

function keyShape(key: string, result: unknown): unknown {
  if (result !== undefined) return { const: result };
  return /(s|list|array)$/i.test(key) && !/(ss|us|is)$/i.test(key)
    ? { type: 'array', items: { type: 'string' }, maxItems: 3 }
    : {};
}

function shapeOf(example: unknown): unknown {
  if (Array.isArray(example)) return { type: 'array', items: example.length > 0 ? shapeOf(example[0]) : {} };
  if (isObject(example)) {
    const properties = Object.fromEntries(Object.entries(example).map(([key, inner]) => [key, shapeOf(inner)]));
    return { type: 'object', properties, required: Object.keys(properties) };
  }
  return example === null ? {} : { type: typeof example };
}
