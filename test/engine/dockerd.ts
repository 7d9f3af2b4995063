import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineVersion } from './engine-http.ts';
import { daemonConfig, engineBinaries, type Generation } from './generations.ts';
import type { InstancePaths } from './paths.ts';

const POLL_MS = 50;
const START_TIMEOUT_MS = 60_000;

export function socketHost(paths: InstancePaths): string {
  return `unix://${paths.socket}`;
}

/** The pid of this instance's dockerd; a number left in the pid file by a dead one is no proof. */
export async function runningPid(paths: InstancePaths): Promise<number | undefined> {
  const pid = Number(await readFile(paths.pidFile, 'utf8').catch(() => ''));
  if (!pid) return undefined;
  const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
  return args.includes(`--data-root=${paths.data}`) ? pid : undefined;
}

/** Every dockerd that runs on this machine, ours or not; asked only when this instance's own is stopped. */
export async function otherDaemons(): Promise<{ pid: number; sharesNetwork: boolean }[]> {
  const network = await readlink('/proc/self/ns/net');
  const pids = (await readdir('/proc')).map(Number).filter(Boolean);
  const daemons = await Promise.all(
    pids.map(async (pid) => {
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      if (name !== 'dockerd\n' || !(await isAlive(pid))) return [];
      return [
        {
          pid,
          sharesNetwork: (await readlink(`/proc/${pid}/ns/net`).catch(() => '')) === network,
        },
      ];
    }),
  );
  return daemons.flat();
}

/** Starts the daemon detached from this process; resolves as soon as it answers. */
export async function startDockerd(paths: InstancePaths, generation: Generation): Promise<void> {
  const binaries = await engineBinaries(generation);
  for (const folder of [paths.data, paths.exec]) await mkdir(folder, { recursive: true });
  for (const stale of [paths.socket, paths.pidFile]) await rm(stale, { force: true });
  const configFile = join(paths.root, 'daemon.json');
  await writeFile(configFile, JSON.stringify(daemonConfig(generation, paths)));
  const log = await open(paths.log, 'a');
  const [command, args] = inNamespace(paths, join(binaries.prefix, 'usr/sbin/dockerd'), [
    `--data-root=${paths.data}`,
    `--exec-root=${paths.exec}`,
    `--pidfile=${paths.pidFile}`,
    `--config-file=${configFile}`,
    '-H',
    socketHost(paths),
  ]);
  const daemon = spawn(command, args, {
    detached: true,
    cwd: paths.root,
    stdio: ['ignore', log.fd, log.fd],
    env: { ...process.env, ...binaries.env },
  });
  try {
    await answering(paths, () => daemon.exitCode !== null);
  } finally {
    daemon.unref();
    await log.close();
  }
}

/** SIGTERM stops the containers too; resolves when the process is gone. */
export async function stopDockerd(pid: number, timeoutMs = 30_000): Promise<void> {
  process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + timeoutMs;
  while (await isAlive(pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
    await delay(POLL_MS);
  }
}

function inNamespace({ netns }: InstancePaths, command: string, args: string[]): [string, string[]] {
  return existsSync(netns) ? ['nsenter', [`--net=${netns}`, '--', command, ...args]] : [command, args];
}

async function answering(paths: InstancePaths, hasExited: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!hasExited() && Date.now() < deadline) {
    if (await engineVersion(socketHost(paths))) return;
    await delay(POLL_MS);
  }
  const log = await readFile(paths.log, 'utf8');
  throw new Error(`dockerd did not start. The end of ${paths.log}:\n${log.split('\n').slice(-15).join('\n')}`);
}

/** A zombie, whose command line is empty, counts as gone: nobody may be there to collect it. */
async function isAlive(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}
