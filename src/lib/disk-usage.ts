import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** How many are looked at at once: all of a hundred thousand files would hold up whatever else this process does. */
const AT_ONCE = 64;

/** Blocks that a file or folder really takes, as du(1) counts; 0 for what is not there. */
export async function diskBytes(path: string): Promise<number> {
  const left = [path];
  let bytes = 0;
  while (left.length > 0) {
    for (const one of await Promise.all(left.splice(-AT_ONCE).map(look))) {
      bytes += one.bytes;
      for (const inside of one.inside) left.push(inside);
    }
  }
  return bytes;
}

async function look(path: string): Promise<{ readonly bytes: number; readonly inside: readonly string[] }> {
  const found = await lstat(path).catch(() => null);
  if (!found) return { bytes: 0, inside: [] };
  const names = found.isDirectory() ? await readdir(path).catch(() => []) : [];
  return { bytes: found.blocks * 512, inside: names.map((name) => join(path, name)) };
}
