import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { platform } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { linkInProc, workingFolder } from '../../../lib/working-folder.ts';

/**
 * Whether a process belongs to a data folder: the folder is one of its arguments or it is at work there. Both, because
 * Redis writes a title over its arguments, and no server has changed to its folder in its first moment.
 */
export async function worksIn(pid: number, data: string): Promise<boolean> {
  const names = [data, await realpath(data).catch(() => data)];
  const [args, folder] = await Promise.all([argumentsOf(pid), workingFolder(pid)]);
  return names.some((name) => args.includes(name) || folder === name);
}

/** Whether it was started on that data folder; a server's own child processes were not. */
export async function isStartedOn(pid: number, data: string, program: string): Promise<boolean> {
  const args = await argumentsOf(pid);
  return args.includes(data) && basename(args[0] ?? '') === program;
}

/** Processes of a program at work in a data folder, such as what a killed server leaves for a moment. Linux only. */
export async function workersIn(data: string, program: string): Promise<readonly number[]> {
  if (platform() !== 'linux') return [];
  const [folder, file] = await Promise.all([realpath(data), realpath(program)]);
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const found = await Promise.all(
    pids.map(async (pid) => (await workingFolder(pid)) === folder && linkInProc(`/proc/${pid}/exe`) === file),
  );
  return pids.filter((_, index) => found[index]);
}

async function argumentsOf(pid: number): Promise<readonly string[]> {
  if (platform() !== 'linux') return (await output('ps', ['-o', 'command=', '-p', String(pid)])).trim().split(' ');
  const file = `/proc/${pid}/cmdline`;
  let text = textOf(file);
  // Empty in the moment in which a process becomes another program.
  for (let again = 0; text === '' && again < 50; again += 1) {
    await sleep(2);
    text = textOf(file);
  }
  return (text ?? '').split('\0');
}

/** Null when the process has ended. Synchronous, as in process-usage.ts. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

async function output(file: string, argv: readonly string[]): Promise<string> {
  return promisify(execFile)(file, argv).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
