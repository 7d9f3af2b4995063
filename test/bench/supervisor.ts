import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../src/app/status.ts';
import { makeDevenvProject } from './devenv-project.ts';
import type { Measurement, Scenario } from './measurement.ts';
import { ONE_PROCESS } from './project-files.ts';
import { summarise } from './statistics.ts';

const RUNS = 5;
/** Start-up garbage is still there before; later nothing changes any more. */
const SETTLE_MS = 2_000;

interface Memory {
  /** Everything that is mapped, shared pages included. */
  readonly rss: number;
  /** Shared pages divided by those who share them; null where the kernel doesn't tell. */
  readonly pss: number | null;
}

/** Memory of the process that owns an environment's host processes. */
export const supervisor: Scenario = {
  name: 'supervisor',
  async measure(signal) {
    const taken: Memory[] = [];
    for (let run = 0; run < RUNS; run++) {
      signal.throwIfAborted();
      taken.push(await measureOne());
    }
    const pss = taken.map((memory) => memory.pss).filter((value) => value !== null);
    const rss: Measurement = {
      name: 'supervisor, resident (VmRSS)',
      unit: 'MB',
      target: { atMost: 60, of: 'unit' },
      devenv: summarise(taken.map((memory) => memory.rss)),
    };
    if (pss.length < taken.length) return [rss];
    return [rss, { name: 'supervisor, its share (Pss)', unit: 'MB', target: null, devenv: summarise(pss) }];
  },
};

async function measureOne(): Promise<Memory> {
  await using environment = await makeDevenvProject(ONE_PROCESS, {
    files: { 'idle.js': 'setInterval(() => {}, 60_000);' },
  });
  await environment.up();
  await sleep(SETTLE_MS);
  const { processes } = await environment.project.json<Status>(['status', '--json']);
  const pid = processes[0]?.pid;
  if (!pid) throw new Error('the process of the environment does not run');
  return memoryOf(await supervisorOf(pid));
}

/** The nearest ancestor that runs our bundle: between it and the process there may be a shell. */
async function supervisorOf(pid: number): Promise<number> {
  for (let current = pid; current > 1; current = await parentOf(current)) {
    const commandLine = await readFile(`/proc/${current}/cmdline`, 'utf8');
    if (commandLine.includes('supervisor.js')) return current;
  }
  throw new Error(`process ${pid} has no supervisor above it`);
}

async function parentOf(pid: number): Promise<number> {
  return Number(/^PPid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

async function memoryOf(pid: number): Promise<Memory> {
  const rss = megabytes(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS');
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  if (rss === null) throw new Error(`nothing is known of the memory of process ${pid}`);
  return { rss, pss: megabytes(rollup, 'Pss') };
}

/** Of 1024² bytes; the kernel's kB are 1024 bytes. */
function megabytes(text: string, field: string): number | null {
  const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text) ?? [];
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}
