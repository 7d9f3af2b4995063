import { readFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Postgres refuses to run as root and wants a user id that the password file knows; every system has `nobody`. */
const NAME = 'nobody';

export function userForServers(passwd = readFileSync('/etc/passwd', 'utf8')): ServerUser | null {
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === NAME);
  if (!fields) return null;
  // macOS writes -2 there; the system calls want it as an unsigned number.
  const [uid, gid] = [Number(fields[2]) >>> 0, Number(fields[3]) >>> 0];
  return { uid, gid };
}

export async function giveTo(user: ServerUser | null, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}
