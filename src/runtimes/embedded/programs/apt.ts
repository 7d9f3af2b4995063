import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { makeFolder } from '../folders.ts';
import { runTool } from './tool.ts';

/** An apt with lists and archives of our own: works for any user and leaves the machine's state alone. */
export interface Apt {
  get(argv: readonly string[], signal: AbortSignal, cwd?: string): Promise<string>;
  cache(argv: readonly string[], signal: AbortSignal): Promise<string>;
  /** Reads the package lists of all the sources that the machine names, the security suite among them. */
  update(signal: AbortSignal): Promise<void>;
}

const LISTS_MAX_AGE_MS = 24 * 3600_000;

export function aptFolder(context: Context): string {
  return join(context.paths.cache, 'apt');
}

/** One download at a time. */
export function aptLock(context: Context): string {
  return join(aptFolder(context), 'devenv.lock');
}

export async function openApt(context: Context, signal: AbortSignal): Promise<Apt> {
  const folder = aptFolder(context);
  for (const name of ['lists/partial', 'archives/partial']) await makeFolder(context, join(folder, name));
  const config = join(folder, 'apt.conf');
  await writeFile(config, aptConfig(folder, await runTool('apt-config', ['dump'], { signal })), { mode: 0o600 });
  const env = { APT_CONFIG: config, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = join(folder, 'updated');

  const apt: Apt = {
    get: (argv, abort, cwd = folder) => runTool('apt-get', ['-q', ...argv], { env, signal: abort, cwd }),
    cache: (argv, abort) => runTool('apt-cache', argv, { env, signal: abort }),
    async update(abort) {
      // One source that doesn't answer is no reason to give up: what is missing shows when a package is asked for.
      await apt.get(['update'], abort).catch(() => abort.throwIfAborted());
      await writeFile(updated, '');
    },
  };
  if ((await age(updated)) > LISTS_MAX_AGE_MS) await apt.update(signal);
  return apt;
}

/**
 * Of the machine's own settings only how to reach its mirrors is taken over: there may be hooks among the others that
 * clean up the machine's caches. Sources, preferences and keys stay the machine's.
 */
export function aptConfig(folder: string, dump: string): string {
  const acquire = dump
    .split('\n')
    .filter((line) => /^Acquire::\S+ "/.test(line) && !line.startsWith('Acquire::Languages'));
  const own = {
    'Dir::Etc::Main': '/dev/null',
    'Dir::Etc::Parts': '/dev/null',
    'Dir::State': folder,
    'Dir::State::Lists': `${folder}/lists`,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': folder,
    'Dir::Cache::Archives': `${folder}/archives`,
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
  };
  return [...acquire, ...Object.entries(own).map(([key, value]) => `${key} "${value}";`), ''].join('\n');
}

/** What apt makes of the lists for its own speed takes many times their room, and is made again when it is needed. */
export async function removeAptCaches(context: Context): Promise<void> {
  for (const name of ['pkgcache.bin', 'srcpkgcache.bin']) await rm(join(aptFolder(context), name), { force: true });
}

/** From `apt-cache policy`; null for a package that no source has. */
export function candidateVersion(policy: string): string | null {
  const found = /^ {2}Candidate: (\S+)$/m.exec(policy)?.[1];
  return found === undefined || found === '(none)' ? null : found;
}

/** Packages that `apt-get --simulate install` would install or upgrade. */
export function simulatedInstalls(output: string): readonly string[] {
  return output.split('\n').flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
}

/** Packages that `apt-cache depends` says others can't do without. */
export function dependencies(output: string): readonly string[] {
  return output.split('\n').flatMap((line) => /^\s*\|?Depends: ([^<\s]+)$/.exec(line)?.[1] ?? []);
}

async function age(file: string): Promise<number> {
  return stat(file).then(
    (found) => Date.now() - found.mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
}
