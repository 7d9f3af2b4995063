import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';

type Manager = 'brew' | 'apt' | 'dnf' | 'apk' | 'pacman' | 'zypper';

const MANAGER_OF: Readonly<Record<string, Manager>> = {
  debian: 'apt',
  ubuntu: 'apt',
  fedora: 'dnf',
  rhel: 'dnf',
  centos: 'dnf',
  alpine: 'apk',
  arch: 'pacman',
  suse: 'zypper',
  opensuse: 'zypper',
};

const INSTALL: Readonly<Record<Manager, string>> = {
  brew: 'brew install',
  apt: 'sudo apt-get install',
  dnf: 'sudo dnf install',
  apk: 'sudo apk add',
  pacman: 'sudo pacman -S',
  zypper: 'sudo zypper install',
};

/** Names of packages where they differ from Debian's. */
const OTHER_NAMES: Readonly<Record<string, Partial<Record<Manager, string>>>> = {
  'redis-server': { brew: 'redis', dnf: 'redis', apk: 'redis', pacman: 'valkey', zypper: 'redis' },
  'redis-tools': { brew: 'redis', dnf: 'redis', apk: 'redis', pacman: 'valkey', zypper: 'redis' },
  'postgresql-client': { brew: 'libpq', dnf: 'postgresql', pacman: 'postgresql', zypper: 'postgresql' },
};

/** The command that installs a package, given by its Debian name; null on a system we don't know. */
export async function installCommand(debianName: string): Promise<string | null> {
  const manager = await packageManager();
  return manager && `${INSTALL[manager]} ${OTHER_NAMES[debianName]?.[manager] ?? debianName}`;
}

export async function packageManager(): Promise<Manager | null> {
  if (platform() === 'darwin') return 'brew';
  return managerOf(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

/** By os-release(5): the system's own id, then those it is like. */
export function managerOf(osRelease: string): Manager | null {
  const value = (key: string) => new RegExp(`^${key}="?([^"\\n]*)`, 'm').exec(osRelease)?.[1] ?? '';
  const ids = `${value('ID')} ${value('ID_LIKE')}`.split(/\s+/);
  return ids.map((id) => MANAGER_OF[id]).find((manager) => manager !== undefined) ?? null;
}
