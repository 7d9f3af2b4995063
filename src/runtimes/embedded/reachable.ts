import { chmod, lstat, realpath, stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Context } from './context.ts';
import type { ServerUser } from './server-user.ts';

/** Throws for a place that a server running as another user could not get to. Folders still to be made are fine. */
export async function assertReachable(context: Context, path: string): Promise<void> {
  if (!context.user) return;
  for (const own of [context.paths.data, context.paths.cache]) await letPass(own);
  const closed = await firstClosedFolder(context.user, path);
  if (closed === null) return;
  throw new UserError(`${path} can't be used: servers don't run as root, and only root can pass ${closed}`, {
    hints: [
      `chmod o+x ${closed}`,
      'Or name places outside of it with XDG_DATA_HOME and XDG_CACHE_HOME; the defaults for root are in /var.',
    ],
  });
}

/** A part of devenv that keeps things for root alone may have made the folder first; what is in it has its own mode. */
async function letPass(own: string): Promise<void> {
  const found = await lstat(own).catch(() => null);
  if (!found?.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o011) === 0o011) return;
  await chmod(own, (found.mode & 0o777) | 0o011);
}

/** The outermost folder on the way to `path` that the user can't pass through. */
export async function firstClosedFolder(user: ServerUser | null, path: string): Promise<string | null> {
  if (!user) return null;
  for (const folder of ancestors(await realExisting(path))) {
    const found = await stat(folder);
    if (found.isDirectory() && !canPass(user, found)) return folder;
  }
  return null;
}

/** Symbolic links resolved, of as much of the path as there is. */
async function realExisting(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : realExisting(dirname(path));
  }
}

function ancestors(path: string): readonly string[] {
  const all = [path];
  while (all[0] !== parse(path).root) all.unshift(dirname(all[0] as string));
  return all;
}

function canPass(user: ServerUser, found: { uid: number; gid: number; mode: number }): boolean {
  if (found.uid === user.uid) return (found.mode & 0o100) !== 0;
  if (found.gid === user.gid) return (found.mode & 0o010) !== 0;
  return (found.mode & 0o001) !== 0;
}
