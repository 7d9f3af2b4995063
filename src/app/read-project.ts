import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type ReadResult, readText } from '../config/read.ts';
import type { ProjectFiles, Unread } from '../init/files.ts';
import { interestIn, isFolderWanted, Limits, limitOf } from '../init/wanted.ts';

/** The files of a folder that tell how a project runs, within limits: nobody's disk is read through. */
export async function readProject(root: string, signal: AbortSignal): Promise<ProjectFiles> {
  const unread: Unread[] = [];
  const names = await listFiles(root, unread, signal);
  const texts = new Map<string, string>();
  let left: number = Limits.totalBytes;
  // Those that tell come before sources, so that a large project's code doesn't take their place.
  const telling = names.filter((name) => interestIn(name) === 'telling');
  const sources = names.filter((name) => interestIn(name) === 'source');
  const upper = sources.sort((a, b) => depthOf(a) - depthOf(b)).slice(0, Limits.sources);
  for (const name of [...telling, ...upper]) {
    signal.throwIfAborted();
    const isSource = interestIn(name) === 'source';
    const read = await readInside(root, name, limitOf(name), left);
    if ('text' in read) {
      left -= read.text.length;
      texts.set(name, read.text.replace(/\r\n?/g, '\n'));
    } else if ('problem' in read && !isSource) unread.push({ file: name, why: read.problem });
  }
  return { names, texts, unread, above: await namesAbove(root) };
}

function depthOf(name: string): number {
  return name.split('/').length;
}

async function listFiles(root: string, unread: Unread[], signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  let entries = 0;
  // Level by level: when it becomes too much, what is near the top has been seen.
  let level: readonly string[] = [''];
  for (let depth = 0; depth <= Limits.depth && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      signal.throwIfAborted();
      const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => {
        if (folder !== '') unread.push({ file: folder, why: "can't be read" });
        return [];
      });
      entries += found.length;
      if (entries > Limits.entries) {
        unread.push({ file: folder || '.', why: `has too many files: only the first ${Limits.entries} are looked at` });
        return names.sort();
      }
      for (const entry of found) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        // A link to a folder isn't followed: it may lead anywhere, also back.
        if (entry.isDirectory()) {
          if (isFolderWanted(entry.name)) next.push(name);
        } else if (entry.isFile() || entry.isSymbolicLink()) names.push(name);
      }
    }
    level = next;
  }
  return names.sort();
}

/** A link is read as long as it stays inside. */
async function readInside(root: string, name: string, limit: number, left: number): Promise<ReadResult> {
  const path = join(root, name);
  try {
    const real = await realpath(path);
    if (relative(root, real).startsWith('..')) return { problem: 'is a link that leads out of the project' };
    const { size } = await lstat(real);
    if (size > Math.min(limit, left)) return { problem: `is larger than ${Math.min(limit, left) / 1e6} MB` };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? { problem: 'is a link that leads nowhere' }
      : readText(path);
  }
  return readText(path);
}

/** Up to the root of the checkout: a workspace's lock file lies there. */
async function namesAbove(root: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    const found = await readdir(folder).catch((): string[] => []);
    if (folder !== root) names.push(...found);
    if (found.includes('.git')) return names;
    if (dirname(folder) === folder) return [];
  }
}
