import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** What a process and all below it take. */
export interface ProcessUsage {
  /** Processor time since they began, in seconds; that of children which have ended may be missing. */
  readonly cpuSeconds: number;
  /** Resident memory; what a child shares with others is counted once. */
  readonly memoryBytes: number;
}

/** The ticks of /proc are hundredths of a second and its pages 4 KiB wherever Node runs on Linux (sysconf(3)). */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Of a process tree. Zero when the process is gone. */
export async function usageOf(pid: number): Promise<ProcessUsage> {
  return process.platform === 'linux' ? linuxUsage(pid, false) : psUsage(pid);
}

/** Synchronous: these files are answered from memory, and a promise for each would take ten times as long. */
function linuxUsage(pid: number, child: boolean): ProcessUsage {
  const [stat, statm] = [textOf(`/proc/${pid}/stat`), textOf(`/proc/${pid}/statm`)];
  // proc(5): after the command name in brackets, utime and stime are the 12th and 13th field.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
  const own: ProcessUsage = {
    cpuSeconds: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND,
    memoryBytes: (resident - (child ? shared : 0)) * PAGE_BYTES,
  };
  return total([own, ...childrenOf(pid).map((one) => linuxUsage(one, true))]);
}

/** A child belongs to the thread that started it. */
function childrenOf(pid: number): readonly number[] {
  return threadsOf(pid)
    .flatMap((thread) => textOf(`/proc/${pid}/task/${thread}/children`).split(' '))
    .map(Number)
    .filter((child) => child > 0);
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty when the process has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function psUsage(pid: number): Promise<ProcessUsage> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=,time=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  const tree = (root: string): readonly ProcessUsage[] =>
    rows
      .filter(([id, parent]) => id === root || parent === root)
      .flatMap(([id = '', , rss = '0', time = '0']) =>
        id === root ? [{ cpuSeconds: clockSeconds(time), memoryBytes: Number(rss) * 1024 }] : tree(id),
      );
  return total(tree(String(pid)));
}

/** `1:02:03.4`, `62:03.4` */
function clockSeconds(time: string): number {
  return time.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

function total(all: readonly ProcessUsage[]): ProcessUsage {
  return all.reduce(
    (sum, one) => ({
      cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
      memoryBytes: sum.memoryBytes + one.memoryBytes,
    }),
    { cpuSeconds: 0, memoryBytes: 0 },
  );
}
