import { chmod, lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../core/errors.ts';
import { paths } from '../lib/paths.ts';
import { makePrivateFolder } from '../lib/private-folder.ts';

/** Makes the folder for sockets, or checks the one that is there. */
export async function prepareRunFolder(folder: string = paths().run): Promise<void> {
  await makePrivateFolder(dirname(folder));
  await mkdir(folder, { mode: 0o700 }).catch(() => {});
  if (!(await checkRunFolder(folder))) throw new UserError(`the folder for sockets could not be made: ${folder}`);
  await chmod(folder, 0o700);
}

/**
 * False when there is no such folder. Throws when it isn't ours: below /tmp anybody could have made it first, to be
 * handed the secrets that clients send to the socket in it.
 */
export async function checkRunFolder(folder: string = paths().run): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  if (!found) return false;
  if (found.isDirectory() && found.uid === process.getuid?.()) return true;
  throw new UserError(`${folder} is not a folder of this user`, {
    hints: ['Find out who made it and remove it, or set XDG_RUNTIME_DIR to a folder of your own.'],
    code: 'refused',
  });
}
