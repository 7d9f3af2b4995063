import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { InstancePaths } from './paths.ts';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** Ends what survives a killed dockerd: this instance's containerd, its shims and what these watch over. */
export async function killHelpers(paths: InstancePaths): Promise<void> {
  const all = await processes();
  const isHelper = ({ command }: Process) => /^\S*containerd/.test(command) && command.includes(`${paths.exec}/`);
  const helpers = new Set(all.filter(isHelper).map(({ pid }) => pid));
  // A container's first process takes its whole container with it.
  const doomed = all.filter(({ pid, parent }) => helpers.has(pid) || helpers.has(parent));
  for (const { pid } of doomed) tryKill(pid);
}

async function processes(): Promise<Process[]> {
  const pids = (await readdir('/proc')).map(Number).filter(Boolean);
  return Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      return {
        pid,
        command,
        parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
      };
    }),
  );
}

/** Mounts below the instance's folders, innermost first; the engine leaves some when it is killed. */
export async function unmountAll(paths: InstancePaths): Promise<void> {
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  const ours = mounts.filter((path) => [paths.data, paths.exec].some((root) => `${path}/`.startsWith(`${root}/`)));
  for (const path of ours.reverse()) await execa('umount', ['-l', path], { reject: false });
}

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the look and the signal.
  }
}
