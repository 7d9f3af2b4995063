import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cachePath } from './paths.ts';

/** What an engine changes outside of its own folders, as it was before the first one started. */
export interface MachineBefore {
  bootId: string;
  absentFolders: string[];
  links: string[];
  ipForward: string;
  /** `iptables -S FORWARD` of that time begins with the policy. */
  forwardPolicy: string;
}

const TOUCHED_FOLDERS = ['/etc/docker', '/opt/containerd', '/run/containerd', '/run/docker'];
export const IP_FORWARD = '/proc/sys/net/ipv4/ip_forward';

/**
 * Remembers the machine's state unless that has been done since it booted: after a crash of the
 * engine the older record is the true one.
 */
export async function rememberMachine(forwardPolicy: () => Promise<string>): Promise<void> {
  const bootId = await currentBootId();
  if ((await machineBefore())?.bootId === bootId) return;
  const before: MachineBefore = {
    bootId,
    absentFolders: TOUCHED_FOLDERS.filter((path) => !existsSync(path)),
    links: await readdir('/sys/class/net'),
    ipForward: (await readFile(IP_FORWARD, 'utf8')).trim(),
    forwardPolicy: await forwardPolicy(),
  };
  await mkdir(dirname(recordPath()), { recursive: true });
  await writeFile(recordPath(), JSON.stringify(before));
}

export async function machineBefore(): Promise<MachineBefore | undefined> {
  const text = await readFile(recordPath(), 'utf8').catch(() => undefined);
  const before: MachineBefore | undefined = text ? JSON.parse(text) : undefined;
  return before?.bootId === (await currentBootId()) ? before : undefined;
}

/** Once no private engine runs: folders that only engines made go, as long as nothing is in them. */
export async function restoreFolders(): Promise<void> {
  const before = await machineBefore();
  if (!before) return;
  for (const folder of before.absentFolders) await removeEmpty(folder);
  const hierarchies = await readdir('/sys/fs/cgroup');
  for (const name of hierarchies) await removeEmpty(join('/sys/fs/cgroup', name, 'docker'));
  await removeEmpty('/sys/fs/cgroup/docker');
  await rm(recordPath(), { force: true });
}

/** Also the way to remove control groups, whose files can't be deleted one by one. */
async function removeEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeEmpty(join(folder, entry.name));
  await rmdir(folder).catch(() => {});
}

function recordPath(): string {
  return cachePath('machine-before.json');
}

async function currentBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}
