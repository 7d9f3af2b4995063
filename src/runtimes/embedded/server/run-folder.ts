import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { hashOf } from '../../../lib/hash.ts';
import { paths } from '../../../lib/paths.ts';
import type { Context } from '../context.ts';
import { makeFolder, makeServerFolder } from '../folders.ts';
import { firstClosedFolder } from '../reachable.ts';

/** sockaddr_un of macOS has 104 bytes with the end mark; Postgres adds `/.s.PGSQL.65535`. */
const LONGEST = 103 - '/.s.PGSQL.65535'.length;

/** An empty folder for a server's sockets. */
export async function makeRunFolder(context: Context, ...names: readonly string[]): Promise<string> {
  const folder = await runFolder(context, ...names);
  await makeFolder(context, dirname(folder));
  await assertOurs(dirname(folder));
  await makeServerFolder(context, folder);
  return folder;
}

/**
 * Usually in the user's runtime folder; where that is too long a name, or servers run as another user and can't go
 * there (root's has mode 0700), in one of ours in /tmp.
 */
export async function runFolder(context: Context, ...names: readonly string[]): Promise<string> {
  const plain = names.join('-');
  const name = plain.length > 32 ? hashOf(plain) : plain;
  const preferred = join(ownFolder(context, context.paths.run), name);
  const fits = Buffer.byteLength(preferred) <= LONGEST;
  if (fits && (await firstClosedFolder(context.user, dirname(preferred))) === null) return preferred;
  return join(ownFolder(context, paths({ ...context.env, XDG_RUNTIME_DIR: '' }).run), name);
}

/** For servers that run as another user one beside devenv's own, which lets nobody in. */
function ownFolder(context: Context, run: string): string {
  return context.user ? `${run}-servers` : run;
}

/** Anybody may make a folder in /tmp, and could then swap the socket in it. */
async function assertOurs(folder: string): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0) return;
  throw new UserError(`${folder} belongs to somebody else, or others can write to it`, {
    hints: ['Have it removed, or set XDG_RUNTIME_DIR to a folder of your own.'],
  });
}
