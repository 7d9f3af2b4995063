import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { cachePath, shortHash } from '../paths.ts';
import type { LayerEntry } from './catalog.ts';

export interface Layer {
  tar: string;
  /** The sha256 of the uncompressed tar, which is what names a layer in an image's config. */
  diffId: string;
}

export const IMAGES_FOLDER = import.meta.dirname;

/** A tar in the cache, made by `make` unless one of the same key is there already. */
export async function cachedLayer(kind: string, key: string, make: (tar: string) => Promise<void>): Promise<Layer> {
  const tar = cachePath('layers', `${kind}-${shortHash(key)}.tar`);
  const digestFile = `${tar}.sha256`;
  if (existsSync(tar) && existsSync(digestFile)) return { tar, diffId: await readFile(digestFile, 'utf8') };
  await mkdir(dirname(tar), { recursive: true });
  const staging = `${tar}.${process.pid}`;
  try {
    await make(staging);
    const diffId = await sha256File(staging);
    await writeFile(digestFile, diffId);
    await rename(staging, tar);
    return { tar, diffId };
  } finally {
    await rm(staging, { force: true });
  }
}

export async function entriesLayer(entries: LayerEntry[]): Promise<Layer> {
  return cachedLayer('entries', await entriesKey(entries), async (tar) => {
    const stage = `${tar}.d`;
    try {
      for (const entry of entries) await placeEntry(stage, entry);
      await execa('tar', ['--sort=name', '--mtime=@0', '--numeric-owner', '-C', stage, '-cf', tar, '.']);
    } finally {
      await rm(stage, { recursive: true, force: true });
    }
  });
}

/** Small files count by content; a folder or node's 100 MB by size and time, which is enough to notice an update. */
export async function entriesKey(entries: LayerEntry[]): Promise<string> {
  const parts = await Promise.all(
    entries.map(async (entry) => {
      const from = entry.from && source(entry.from);
      const info = from ? await stat(from) : undefined;
      const content =
        from && info?.isFile() && info.size < 1e6 ? await readFile(from, 'utf8') : `${info?.size}-${info?.mtimeMs}`;
      return JSON.stringify([entry, content]);
    }),
  );
  return parts.join('\n');
}

async function placeEntry(stage: string, { to, from, link, mode, uid }: LayerEntry): Promise<void> {
  const path = join(stage, to);
  await mkdir(dirname(path), { recursive: true });
  if (link) return symlink(link, path);
  if (from) await cp(source(from), path, { recursive: true, verbatimSymlinks: true });
  else await mkdir(path, { recursive: true });
  await chmod(path, mode ?? (from && (await stat(path)).isFile() ? 0o644 : 0o755));
  await chown(path, uid ?? 0, uid ?? 0);
}

function source(from: string): string {
  return resolve(IMAGES_FOLDER, from);
}

async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
