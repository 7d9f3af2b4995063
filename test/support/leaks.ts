import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type SampleKey, secretPart } from './live-keys.ts';
import type { Machine, Result } from './project.ts';

/** That no key's value is in what a command said. */
export function expectUntold({ stdout, stderr }: Result, keys: readonly SampleKey[]): void {
  for (const key of keys) expect(stdout + stderr, key.shape).not.toContain(secretPart(key));
}

/** That no key's value is in any file that devenv keeps on a machine: state, logs, records. */
export async function expectUnkept({ env }: Machine, keys: readonly SampleKey[]): Promise<void> {
  const folders = [env.XDG_STATE_HOME, env.XDG_DATA_HOME, env.XDG_RUNTIME_DIR].filter((one) => one !== undefined);
  for (const file of (await Promise.all(folders.map(filesIn))).flat()) {
    const text = await readFile(file, 'latin1').catch(() => '');
    for (const key of keys) expect(text.includes(secretPart(key)), `${key.shape} in ${file}`).toBe(false);
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => []);
  const files = names.map((name) => join(folder, name));
  const are = await Promise.all(
    files.map((file) =>
      lstat(file)
        .then((one) => one.isFile())
        .catch(() => false),
    ),
  );
  return files.filter((_, index) => are[index]);
}
