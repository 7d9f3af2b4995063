import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parseStat } from '../lib/process-identity.ts';

/** A pid with its start time, as lib/process-identity gives it: together they name one process for ever. */
export interface Identity {
  readonly pid: number;
  readonly start: string;
}

export interface TableEntry extends Identity {
  /** Id of its process group: the pid of the group's leader. */
  readonly group: number;
}

/**
 * Every living process; zombies are left out, because where pid 1 doesn't reap they stay for ever. Synchronous: on
 * Linux some milliseconds for hundreds of processes, and the list is of one moment.
 */
export function processTable(): TableEntry[] {
  return process.platform === 'linux' ? linuxTable() : psTable();
}

/** The variables a process was started with; null where that can't be read. Linux only. */
export function startEnvironment(pid: number): ReadonlyMap<string, string> | null {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return new Map(entries.map((entry) => splitAt(entry, entry.indexOf('='))));
  } catch {
    return null;
  }
}

function linuxTable(): TableEntry[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => linuxEntry(Number(pid))).filter((entry) => entry !== null);
}

function linuxEntry(pid: number): TableEntry | null {
  try {
    const living = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return living && { pid, ...living };
  } catch {
    return null;
  }
}

function psTable(): TableEntry[] {
  const text = execFileSync('ps', ['-axo', 'pid=,pgid=,stat=,lstart='], { encoding: 'utf8' });
  const rows = text.split('\n').map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, , state]) => state !== undefined && !state.startsWith('Z'))
    .map(([pid, group, , ...start]) => ({ pid: Number(pid), group: Number(group), start: start.join(' ') }));
}

function splitAt(entry: string, at: number): [string, string] {
  return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
}
