import type { Draws } from '../../../lib/draws.ts';
import type { Prompt, Tool } from '../prompt.ts';
import { badRequest } from '../refusal.ts';
import { generate } from '../schema/generate.ts';
import { drawnOnly, type Material, materialOf } from '../schema/material.ts';
import { oneEach } from '../schema/several.ts';
import { isHard, schemaMistake, verifier } from '../schema/verify.ts';
import { guessedSchema } from './guessed.ts';

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
  return valid(guessedSchema(prompt), '', material);
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
