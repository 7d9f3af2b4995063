import { readdir, readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { execa } from 'execa';
import type { Sizes } from '../../core/runtime.ts';
import { diskBytes } from '../../lib/disk-usage.ts';
import type { Context } from './context.ts';
import { environmentFolder } from './folders.ts';
import { runningServers } from './running.ts';

export async function sizes(context: Context, environment: string): Promise<Sizes> {
  const roots = [...(await runningServers(context, environment)).values()].map(({ pid }) => pid);
  const memory = roots.length === 0 ? 0 : await memoryOfTrees(roots);
  return { memoryBytes: memory, diskBytes: await diskBytes(environmentFolder(context, environment)) };
}

async function memoryOfTrees(roots: readonly number[]): Promise<number> {
  const all = await processTable();
  const found = new Set(roots);
  const children = (parents: ReadonlySet<number>) =>
    all.filter(({ pid, parent }) => parents.has(parent) && !parents.has(pid));
  for (let more = children(found); more.length > 0; more = children(found)) {
    for (const { pid } of more) found.add(pid);
  }
  const bytes = all.filter(({ pid }) => found.has(pid)).map(async ({ pid, rss }) => (await shareOf(pid)) ?? rss);
  return (await Promise.all(bytes)).reduce((sum, one) => sum + one, 0);
}

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly rss: number;
}

async function processTable(): Promise<readonly ProcessRow[]> {
  if (platform() === 'linux') return linuxProcesses();
  const { stdout } = await execa('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  return stdout.split('\n').map((line) => {
    const [pid = 0, parent = 0, kilobytes = 0] = line.trim().split(/\s+/).map(Number);
    return { pid, parent, rss: kilobytes * 1024 };
  });
}

async function linuxProcesses(): Promise<readonly ProcessRow[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  return Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      return { pid, parent: field('PPid'), rss: field('VmRSS') * 1024 };
    }),
  );
}

/** Proportional set size (proc(5)): the processes of a Postgres share most of their memory, and RSS counts it in each. */
async function shareOf(pid: number): Promise<number | null> {
  if (platform() !== 'linux') return null;
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(text)?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}
