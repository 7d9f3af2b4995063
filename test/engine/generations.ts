import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryFolders, type PackageSet, unpackPackages } from './packages.ts';
import type { InstancePaths } from './paths.ts';

export type Generation = 'debian12' | 'current';

export interface EngineBinaries {
  prefix: string;
  env: Record<string, string>;
}

/**
 * What dockerd calls (iptables, runc) and what cleaning up needs (ip), each with the libraries that a
 * minimal Debian lacks. Always Debian 12's, for both generations: newer ones need a newer libc.
 */
const FLOOR: PackageSet = {
  suite: 'bookworm',
  packages: [
    'runc',
    'libseccomp2',
    'libdevmapper1.02.1',
    'libsystemd0',
    'iptables',
    'libip4tc2',
    'libip6tc2',
    'libxtables12',
    'libmnl0',
    'libnetfilter-conntrack3',
    'libnfnetlink0',
    'libnftnl11',
    'iproute2',
    'libbpf1',
    'libelf1',
    'libbsd0',
    'libmd0',
    'libcap2',
  ],
};

const GENERATIONS: Record<Generation, PackageSet> = {
  debian12: {
    suite: 'bookworm',
    packages: ['docker.io', 'containerd', 'tini'],
  },
  // Moves with Debian sid, so it is best effort: what sid no longer has fails the start with apt's reason.
  current: {
    suite: 'sid',
    packages: ['docker.io', 'docker-cli', 'containerd', 'tini-static', 'docker-buildx', 'docker-compose'],
  },
};

export async function engineBinaries(generation: Generation): Promise<EngineBinaries> {
  const prefix = await unpackPackages(generation, [FLOOR, GENERATIONS[generation]]);
  await linkAlternatives(prefix);
  return { prefix, env: await environment(prefix) };
}

/** The daemon's configuration; a file of our own also keeps it from reading the machine's. */
export function daemonConfig(generation: Generation, paths: InstancePaths): Record<string, string> {
  // The old engine writes an unused key into the machine's /etc/docker unless told another place.
  return generation === 'debian12' ? { 'deprecated-key-path': join(paths.root, 'key.json') } : {};
}

/** What update-alternatives and the packages' scripts would have linked on an installation. */
async function linkAlternatives(prefix: string): Promise<void> {
  const shims = join(prefix, 'shims');
  if (existsSync(shims)) return;
  await mkdir(shims, { recursive: true });
  for (const family of ['iptables', 'ip6tables']) {
    for (const suffix of ['', '-save', '-restore']) {
      await symlink('../usr/sbin/xtables-nft-multi', join(shims, `${family}${suffix}`));
    }
  }
  const init = ['usr/bin/tini', 'usr/bin/tini-static'].find((path) => existsSync(join(prefix, path)));
  if (init && !existsSync(join(prefix, 'usr/bin/docker-init'))) await symlink(`../${init}`, join(shims, 'docker-init'));
}

async function environment(prefix: string): Promise<Record<string, string>> {
  const folders = ['shims', 'usr/sbin', 'usr/bin', 'sbin', 'bin'].map((folder) => join(prefix, folder));
  const libraries = await libraryFolders(prefix);
  const xtables = libraries.map((folder) => join(folder, 'xtables')).find((folder) => existsSync(folder));
  return {
    PATH: [...folders, process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin'].join(':'),
    LD_LIBRARY_PATH: libraries.join(':'),
    ...(xtables ? { XTABLES_LIBDIR: xtables } : {}),
  };
}
