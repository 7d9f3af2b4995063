import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TemplateRecord } from '../../core/store.ts';
import { readJson, touch, withPath, writeJson } from '../../lib/files.ts';
import { lockState, takeLock } from '../../lib/lock.ts';
import { paths } from '../../lib/paths.ts';

/**
 * Pre-initialised data as tar archives on the host. The archive API puts one into a new container in a fifth of a
 * second, also where the engine runs in a VM; a volume would need a helper container to copy from. Names in them start
 * at the data folder.
 */
export function folder(): string {
  return join(paths().cache, 'docker-data');
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

export async function readTemplate(key: string): Promise<ReadStream> {
  await touch(templateFile(key));
  return createReadStream(templateFile(key), { highWaterMark: 1 << 20 });
}

export async function templateRecord(key: string): Promise<TemplateRecord> {
  const found = await stat(templateFile(key));
  const mark = await readJson<TemplateMark>(markFile(key));
  return {
    key,
    sizeBytes: found.blocks * 512,
    // The mark is written once; the archive's own time is that of its last use.
    created: (await stat(markFile(key)).catch(() => found)).mtime.toISOString(),
    lastUsed: found.mtime.toISOString(),
    madeBy: mark?.image ?? null,
    project: null,
  };
}

/** The archive first: a mark without one is nothing. */
export async function removeTemplate(key: string): Promise<void> {
  await using _lock = await takeLock(templateLock(key));
  await rm(templateFile(key), { force: true });
  await rm(markFile(key), { force: true });
}

/** Under the template's lock. */
export async function removeDraft(key: string): Promise<void> {
  await using _lock = await takeLock(templateLock(key));
  await rm(draftFile(key), { force: true });
}

/** Keys of archives whose writing was cut off, and locks whose holders were killed. */
export async function abandoned(): Promise<{ readonly drafts: readonly string[]; readonly locks: readonly string[] }> {
  const names = await readdir(folder()).catch(() => []);
  const keysOf = (end: string) => names.filter((name) => name.endsWith(end)).map((name) => name.slice(0, -end.length));
  const states = async (keys: readonly string[], wanted: readonly string[]) => {
    const found = await Promise.all(keys.map((key) => lockState(templateLock(key))));
    return keys.filter((_, index) => wanted.includes(found[index] as string));
  };
  return {
    drafts: await states(keysOf('.part'), ['free', 'stale']),
    locks: (await states(keysOf('.lock'), ['stale'])).map(templateLock),
  };
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

/** `image` is the id of the one that made it: another may be behind the same name by the time of cleaning up. */
export async function keepTemplate(key: string, image: string): Promise<void> {
  await writeJson(markFile(key), { image } satisfies TemplateMark);
  await rename(draftFile(key), templateFile(key));
}

/** What is known of an archive besides its content. */
interface TemplateMark {
  readonly image: string;
}

function templateFile(key: string): string {
  return join(folder(), `${key}.tar`);
}

function markFile(key: string): string {
  return join(folder(), `${key}.json`);
}

export function draftFile(key: string): string {
  return join(folder(), `${key}.part`);
}

export function templateLock(key: string): string {
  return join(folder(), `${key}.lock`);
}
