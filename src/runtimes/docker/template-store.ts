import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withPath } from '../../lib/files.ts';
import { paths } from '../../lib/paths.ts';

/**
 * Pre-initialised data as tar archives on the host. The archive API puts one into a new container in a fifth of a
 * second, also where the engine runs in a VM; a volume would need a helper container to copy from.
 */
function folder(): string {
  return join(paths().cache, 'docker-templates');
}

/** The cache itself stays passable: as root, embedded servers run as another user and read their programs from it. */
export async function prepareStore(): Promise<void> {
  await mkdir(paths().cache, { recursive: true, mode: 0o755 });
  await mkdir(folder(), { recursive: true, mode: 0o700 });
}

export async function templateKeys(): Promise<readonly string[]> {
  const names = await readdir(folder()).catch(() => []);
  return names.filter((name) => name.endsWith('.tar')).map((name) => name.slice(0, -'.tar'.length));
}

export function readTemplate(key: string): ReadStream {
  return createReadStream(join(folder(), `${key}.tar`), { highWaterMark: 1 << 20 });
}

/** Writes it aside, where `keepTemplate` takes it from: a template is complete or absent. Under the template's lock. */
export async function draftTemplate(key: string, tar: Readable, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(tar, createWriteStream(draftFile(key), { mode: 0o600 }), { signal });
  } catch (error) {
    await rm(draftFile(key), { force: true });
    throw withPath(error, draftFile(key));
  }
}

export async function keepTemplate(key: string): Promise<void> {
  await rename(draftFile(key), join(folder(), `${key}.tar`));
}

function draftFile(key: string): string {
  return join(folder(), `${key}.part`);
}

export function templateLock(key: string): string {
  return join(folder(), `${key}.lock`);
}
