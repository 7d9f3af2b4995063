import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/**
 * When a process began, as a string that is only compared: a pid alone may belong to a stranger by now. Null when there
 * is no such process, or only its zombie.
 */
export async function processStart(pid: number): Promise<string | null> {
  return process.platform === 'linux' ? linuxStart(pid) : psStart(pid);
}

export async function isSameProcess(pid: number, start: string): Promise<boolean> {
  return pid > 0 && (await processStart(pid)) === start;
}

/**
 * What /proc/PID/stat says of a living process, null for a zombie. proc(5): after the command name in brackets come
 * state (3), parent (4), group (5) and, as 22, the start in clock ticks since boot.
 */
export function parseStat(stat: string): { readonly group: number; readonly start: string } | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : { group: Number(fields[2]), start: fields[19] ?? '' };
}

/** Synchronous, as in process-usage.ts: it is asked every other second for as long as a screen is open. */
function linuxStart(pid: number): string | null {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.start ?? null;
  } catch {
    return null;
  }
}

async function psStart(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state = '', ...start] = stdout.trim().split(/\s+/);
    return state === '' || state.startsWith('Z') ? null : start.join(' ');
  } catch {
    return null;
  }
}
