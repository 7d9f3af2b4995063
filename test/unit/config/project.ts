import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LoadedConfig, type LoadOptions, loadConfig } from '../../../src/config/load.ts';
import type { ConfigError } from '../../../src/core/errors.ts';

/** A folder of its own with these files; `null` makes a folder. It ends with the test, and so does the search upwards. */
export async function project(files: Readonly<Record<string, string | null>>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'devenv-config-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries({ '.git/HEAD': '', ...files })) {
    const path = join(root, name);
    await mkdir(text === null ? path : dirname(path), { recursive: true });
    if (text !== null) await writeFile(path, text);
  }
  return root;
}

export function load(cwd: string, options: Partial<LoadOptions> = {}): Promise<LoadedConfig> {
  return loadConfig({ cwd, tier: 'development', set: [], env: [], ...options });
}

export async function loadFiles(
  files: Readonly<Record<string, string | null>>,
  options: Partial<LoadOptions> = {},
): Promise<LoadedConfig> {
  return load(await project(files), options);
}

/** The lines that a person sees. */
export async function problemsOf(
  files: Readonly<Record<string, string | null>>,
  options: Partial<LoadOptions> = {},
): Promise<readonly string[]> {
  try {
    await loadFiles(files, options);
    return [];
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as ConfigError).message.split('\n');
  }
}

export function yaml(text: string): Record<string, string> {
  return { 'devenv.config.yaml': text };
}
