import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Blocks that a file or folder really takes, as du(1) counts; 0 for what is not there. */
export async function diskBytes(path: string): Promise<number> {
  const found = await lstat(path).catch(() => null);
  if (!found) return 0;
  if (!found.isDirectory()) return found.blocks * 512;
  const names = await readdir(path).catch(() => []);
  const bytes = await Promise.all(names.map((name) => diskBytes(join(path, name))));
  return bytes.reduce((sum, one) => sum + one, found.blocks * 512);
}
