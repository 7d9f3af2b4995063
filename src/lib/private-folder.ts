import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isRoot, paths } from './paths.ts';

/**
 * Makes a folder that is for its owner alone. As root those around devenv's places stay open: embedded servers run as
 * another user, and have to pass through them to their data.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  const place = Object.values(paths()).find((own) => `${folder}/`.startsWith(`${own}/`) || folder === dirname(own));
  if (isRoot() && place) await mkdir(dirname(place), { recursive: true, mode: 0o755 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
