import { join } from 'node:path';
import { diskBytes } from '../../../lib/disk-usage.ts';
import { readJson, writeJson } from '../../../lib/files.ts';
import { exists } from '../exists.ts';

const SIZE = 'size.json';

/**
 * What a whole template takes on the disk, which never changes: it is measured once, for a baseline has thousands of files.
 * A copy of it that is ready takes as much again.
 */
export async function templateSize(folder: string): Promise<number> {
  const ready = await exists(join(folder, 'ready'));
  const known = await readJson<{ readonly bytes: number }>(join(folder, SIZE));
  const bytes = known?.bytes ?? (await measured(folder));
  return ready ? bytes * 2 : bytes;
}

async function measured(folder: string): Promise<number> {
  const bytes = await diskBytes(join(folder, 'data'));
  // Where it can't be noted, as on a full disk, it is measured once more.
  await writeJson(join(folder, SIZE), { bytes }).catch(() => {});
  return bytes;
}
