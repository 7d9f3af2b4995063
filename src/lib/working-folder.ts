import { execFile } from 'node:child_process';
import { readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Where a process is at work, which may be deleted by now; null where the system doesn't tell. */
export async function workingFolder(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return linkInProc(`/proc/${pid}/cwd`);
  const argv = ['-a', '-d', 'cwd', '-p', String(pid), '-Fn'];
  const fields = await promisify(execFile)('lsof', argv).then(
    ({ stdout }) => stdout,
    () => '',
  );
  return /^n(.*)$/m.exec(fields)?.[1] ?? null;
}

/** Linux marks what is deleted; the process is still of that place. */
export async function linkInProc(path: string): Promise<string | null> {
  return readlink(path).then(
    (target) => target.replace(/ \(deleted\)$/, ''),
    () => null,
  );
}
