import { lstat } from 'node:fs/promises';
import { within } from '../../lib/within.ts';
import { workingFolder } from '../../lib/working-folder.ts';

const ANSWER_MS = 3_000;

/** Folders in which these processes are at work and that are there. The root is every daemon's, so it tells nothing. */
export async function workingFolders(pids: readonly number[]): Promise<readonly string[]> {
  const all = await Promise.all(pids.map(workingFolder));
  const folders = [...new Set(all)].filter((folder) => folder !== null && folder !== '/') as string[];
  const there = await Promise.all(folders.map((folder) => within(ANSWER_MS, isThere(folder), false)));
  return folders.filter((_, index) => there[index]);
}

async function isThere(folder: string): Promise<boolean> {
  return lstat(folder).then(
    () => true,
    () => false,
  );
}
