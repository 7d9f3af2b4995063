import { execFile } from 'node:child_process';
import { readlinkSync } from 'node:fs';
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

/** Linux marks what is deleted; the process is still of that place. Synchronous, as in process-usage.ts. */
export function linkInProc(path: string): string | null {
  try {
    return readlinkSync(path).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}
