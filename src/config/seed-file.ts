import { extname, relative, resolve } from 'node:path';
import type * as z from 'zod';
import type { Description } from '../core/data/description.ts';
import type { Origin, SeedFileContent, SeedScript } from '../core/data/seed-file.ts';
import { ConfigError, formatProblem, type Problem, UserError } from '../core/errors.ts';
import { broken, type Document } from './document.ts';
import { besideFlaws, flawsOf, type NamedDocument, notKeys, parseData, unreadable } from './documents.ts';
import { inOrder, locate } from './finding.ts';
import { toFindings } from './issues.ts';
import { type Layer, nearestOrigin } from './layers.ts';
import { isKeys } from './path.ts';
import { seedSchema } from './seed/schema.ts';

/**
 * A description in YAML or JSON, or what a TypeScript or JavaScript file exports: a description or a function. The path
 * is absolute, or relative to the project's folder `root`. Throws a ConfigError with all that is wrong in the file.
 */
export async function readSeedFile(path: string, root: string): Promise<SeedFileContent> {
  const absolute = resolve(root, path);
  const document = { ...(await parse(absolute)), name: relative(root, absolute) };
  const { value, name } = document;
  if (typeof value === 'function') return { kind: 'script', run: placed(value as SeedScript, absolute, name) };
  const problems = problemsOf(document, seedSchema, root);
  if (problems.length > 0) throw new ConfigError(problems);
  const { $schema: _, ...description } = (value ?? {}) as Description & { readonly $schema?: string };
  return { kind: 'description', description, origin: originOf(document) };
}

/** A file of another kind that is read in the same way; `example` is a key that it can have. */
export async function readChecked(path: string, root: string, schema: z.ZodType, example: string): Promise<unknown> {
  const document = { ...(await parse(path)), name: relative(root, path) };
  const problems = problemsOf(document, schema, root, example);
  if (problems.length > 0) throw new ConfigError(problems);
  return document.value;
}

async function parse(path: string): Promise<Document> {
  const format = extname(path).slice(1);
  switch (format) {
    case 'yaml':
    case 'yml':
    case 'json':
      return parseData(path, format);
    case 'ts':
    case 'mts':
    case 'js':
    case 'mjs':
      return (await unreadable(path)) ?? (await import('./parse-module.ts')).parseSeedModule(path);
    default:
      return broken({
        path: [],
        message: 'is no seed file: it has to end in .yaml, .yml, .json, .ts, .mts, .js or .mjs',
      });
  }
}

function problemsOf(document: NamedDocument, schema: z.ZodType, root: string, example = 'tables'): readonly Problem[] {
  const flaws = flawsOf({ ...document, flaws: [...document.flaws, ...notKeys(document, example)] }, root);
  if (!isKeys(document.value)) return flaws;
  // Compiling the schema first would take longer than it saves: it is used once.
  const parsed = schema.safeParse(document.value, { jitless: true });
  const findings = parsed.success ? [] : toFindings(parsed.error, schema, document.value);
  const found = findings
    .filter(({ absence }) => flaws.length === 0 || !absence)
    .map((finding) => locate(finding, [layerOf(document)]));
  return inOrder([...flaws, ...besideFlaws(found, flaws, [document])]);
}

function layerOf({ name, value, at }: NamedDocument): Layer {
  return { name: 'base', file: name, prefix: [], value, at };
}

function originOf(document: NamedDocument): Origin {
  const layers = [layerOf(document)];
  return {
    file: document.name,
    at(path, part) {
      const { line, column } = nearestOrigin(layers, path, part)?.place ?? {};
      return line === undefined || column === undefined ? undefined : { line, column };
    },
  };
}

/** The script, which says of its own mistakes in which line they are. */
function placed(script: SeedScript, path: string, file: string): SeedScript {
  return async (context) => {
    try {
      await script(context);
    } catch (cause) {
      if (cause instanceof UserError) throw cause;
      const { flawOf } = await import('./parse-module.ts');
      const { message, position } = flawOf(cause, path);
      throw new UserError(formatProblem({ file, ...position, path: '', message }), { cause });
    }
  };
}
