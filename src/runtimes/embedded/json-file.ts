import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';

/** Null when there is none, or one that isn't ours to understand. */
export async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

/**
 * Whole or not at all: a reader never sees half of it. With `durable` it is on the disk when this is done; that may
 * wait for all else that was written lately, such as a copy of 40 MB.
 */
export async function writeJson(file: string, value: unknown, options = { durable: false }): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: options.durable });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
