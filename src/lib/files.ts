import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';

export interface WriteOptions {
  /**
   * On the disk when this is done. That may wait for all else that was written lately, such as a copy of 40 MB.
   */
  readonly durable: boolean;
}

/** Writes a file whole or not at all, readable for its owner alone: a reader never sees half of it. */
export async function writeWhole(
  file: string,
  content: string,
  options: WriteOptions = { durable: false },
): Promise<void> {
  await makePrivateFolder(dirname(file));
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { mode: 0o600, flush: options.durable });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw withPath(error, file);
  }
}

/** Node names the file where it could not be opened, and not where it could not be written to its end. */
export function withPath(error: unknown, path: string): unknown {
  const known = error as NodeJS.ErrnoException;
  return known.code === undefined || known.path !== undefined ? error : Object.assign(known, { path });
}

export async function writeJson(file: string, value: unknown, options?: WriteOptions): Promise<void> {
  await writeWhole(file, `${JSON.stringify(value)}\n`, options);
}

/** Null when it isn't there or is no JSON: what we wrote is whole, so anything else is not ours. */
export async function readJson<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return null;
  }
}

/** Notes that something was used now. Where that can't be noted it only looks older than it is. */
export async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => {});
}
