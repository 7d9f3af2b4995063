import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { messageOf } from '../core/errors.ts';
import { paths } from '../lib/paths.ts';
import { defineConfig, defineSeed } from './define-config.ts';
import { broken, type Document, type Flaw } from './document.ts';
import { toPlain } from './plain.ts';

/**
 * Runs a TypeScript or JavaScript configuration. `devenv-cli` is served from memory, so that the file loads where the
 * package isn't installed. This module is imported only for such a file: others shouldn't pay for jiti.
 */
export async function parseModule(file: string, context: { readonly tier: string }): Promise<Document> {
  const result = await runModule(file, (exported) => (typeof exported === 'function' ? exported(context) : exported));
  return 'flaw' in result ? broken(result.flaw) : documentOf(result.value, 'defineConfig');
}

/** A seed file: the same, but a function is what the file is for, or gives the values of a column. */
export async function parseSeedModule(file: string): Promise<Document> {
  const result = await runModule(file, (exported) => exported);
  return 'flaw' in result ? broken(result.flaw) : documentOf(result.value, 'defineSeed');
}

function documentOf(value: unknown, helper: 'defineConfig' | 'defineSeed'): Document {
  if (value === undefined)
    return broken({ path: [], message: `has no default export; write \`export default ${helper}({ … })\`` });
  return { ...toPlain(value, { functions: helper === 'defineSeed' }), at: () => undefined };
}

async function runModule(
  file: string,
  use: (exported: unknown) => unknown,
): Promise<{ readonly value: unknown } | { readonly flaw: Flaw }> {
  try {
    const run = () => importModule(file).then(async (module) => use(await module.default));
    return { value: await withoutEffect(() => orNeverSettled(run())) };
  } catch (error) {
    return { flaw: flawOf(error, file) };
  }
}

async function importModule(file: string): Promise<{ readonly default?: unknown }> {
  const jiti = createJiti(import.meta.url, {
    // Not the default, a guessable folder below /tmp: what lies there is run.
    fsCache: join(paths().cache, 'jiti'),
    // A second load in one process sees what was edited in between.
    moduleCache: false,
    interopDefault: false,
    virtualModules: { 'devenv-cli': { defineConfig, defineSeed } },
    transformOptions: { retainLines: true },
  });
  return await jiti.import(file);
}

/** What a configuration prints is no result of the command that reads it, and its end is not that command's. */
async function withoutEffect<T>(act: () => Promise<T>): Promise<T> {
  const { exit } = process;
  const { write } = process.stdout;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  process.exit = (code) => {
    throw new Error(`it calls process.exit(${code ?? ''})`);
  };
  try {
    return await act();
  } finally {
    process.stdout.write = write;
    process.exit = exit;
  }
}

/** Rejects when there is nothing left that could go on: Node would end without a word. */
async function orNeverSettled<T>(run: Promise<T>): Promise<T> {
  let notice = (): void => {};
  const never = new Promise<never>((_, reject) => {
    notice = () => reject(new Error('it awaits something that never comes'));
    process.once('beforeExit', notice);
  });
  try {
    return await Promise.race([run, never]);
  } finally {
    process.removeListener('beforeExit', notice);
  }
}

/** The place is what the transpiler names in its message, else the uppermost line of the stack inside the user's file. */
export function flawOf(error: unknown, file: string): Flaw {
  const message = messageOf(error).split('\n')[0]?.trim() ?? '';
  const syntax = /ParseError: .*\n\s*(\S.*):(\d+):(\d+)/.exec(messageOf(error));
  if (syntax) {
    // The transpiler counts columns from 0.
    const position = { line: Number(syntax[2]), column: Number(syntax[3]) + 1 };
    return { path: [], message: message.replace('ParseError: ', ''), position, file: syntax[1] };
  }
  const line = lineInStack(error, file);
  // Only the line: transpiling moves what stands within one.
  return { path: [], message: `failed to run: ${message}`, ...(line ? { position: { line, column: 1 } } : {}) };
}

function lineInStack(error: unknown, file: string): number | undefined {
  const stack = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  for (const entry of stack) {
    const found = /\(?((?:file:\/\/)?\/.*|(?:file:\/\/\/)?[A-Za-z]:.*):(\d+):\d+\)?$/.exec(
      entry.replace(/^\s*at (?:.* \()?/, ''),
    );
    if (found?.[1] && toPath(found[1]) === file) return Number(found[2]);
  }
  return undefined;
}

function toPath(place: string): string {
  return place.startsWith('file:') ? fileURLToPath(place) : place;
}
