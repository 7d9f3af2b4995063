import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { downloadPackages, type Suite } from './apt.ts';
import { cachePath, shortHash } from './paths.ts';
import { progress } from './progress.ts';

export interface PackageSet {
  suite: Suite;
  packages: string[];
}

/**
 * Unpacks sets of Debian packages over each other into one private folder and returns it. Nothing
 * is installed: no maintainer script runs, no file outside the cache changes.
 */
export async function unpackPackages(name: string, sets: PackageSet[]): Promise<string> {
  const prefix = cachePath('packages', `${name}-${shortHash(JSON.stringify(sets))}`);
  if (existsSync(prefix)) return prefix;
  const staging = `${prefix}.${process.pid}`;
  await mkdir(staging, { recursive: true });
  try {
    for (const set of sets) await unpackSet(set, staging);
    await rename(staging, prefix);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return prefix;
}

/** Where shared libraries are in such a folder: Debian keeps them by architecture. */
export async function libraryFolders(prefix: string): Promise<string[]> {
  const parents = ['usr/lib', 'lib'].map((folder) => join(prefix, folder)).filter((folder) => existsSync(folder));
  const children = await Promise.all(
    parents.map(async (parent) => (await readdir(parent)).map((name) => join(parent, name))),
  );
  return children.flat().filter((folder) => /-linux-gnu/.test(folder));
}

async function unpackSet({ suite, packages }: PackageSet, prefix: string): Promise<void> {
  progress(`downloading from ${suite}: ${packages.join(' ')}`);
  const debs = join(prefix, '.debs');
  await downloadPackages(suite, packages, debs);
  for (const deb of await readdir(debs)) await execa('dpkg', ['-x', join(debs, deb), prefix]);
  await rm(debs, { recursive: true });
}
