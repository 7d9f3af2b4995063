import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../../../core/execute.ts';
import { takeLock } from '../../../lib/lock.ts';
import type { Context } from '../context.ts';
import { withDraftFolder } from '../draft-folder.ts';
import { makeFolder, programsFolder } from '../folders.ts';
import { assertReachable } from '../reachable.ts';
import {
  type Apt,
  aptFolder,
  aptLock,
  candidateVersion,
  dependencies,
  openApt,
  removeAptCaches,
  simulatedInstalls,
} from './apt.ts';
import { findProgram } from './on-path.ts';
import { packageManager } from './system.ts';
import { runTool } from './tool.ts';
import { upstreamVersion } from './versions.ts';

export async function hasDebianPackages(context: Context): Promise<boolean> {
  return (await packageManager()) === 'apt' && (await findProgram(context.env, 'apt-get')) !== null;
}

export interface DebianRequest {
  /** The first one's version counts. */
  readonly packages: readonly string[];
  /** Why this version won't do; null when it does. */
  readonly reject: (version: string) => string | null;
  /** Puts what was unpacked in its place. */
  readonly keep: (unpacked: string, version: string, libraries: readonly string[]) => Promise<void>;
}

/** Unpacks packages of the machine's own Debian or Ubuntu without installing them. Gives why not, or null when done. */
export async function unpackDebianPackages(
  context: Context,
  request: DebianRequest,
  report: Report,
  signal: AbortSignal,
): Promise<string | null> {
  await assertReachable(context, programsFolder(context));
  return withApt(context, report, signal, async (apt) => {
    const first = request.packages[0] as string;
    const version = await versionIn(apt, first, signal);
    if (version === null) return `no source in /etc/apt has ${first}`;
    const rejected = request.reject(version);
    if (rejected !== null) return rejected;

    await withDraftFolder(context, programsFolder(context), async (draft) => {
      report(`downloading ${first} ${version}`);
      await download(apt, await withLibraries(apt, request.packages, signal), draft, signal);
      const unpacked = join(draft, 'unpacked');
      await unpack(draft, unpacked, signal);
      await request.keep(unpacked, version, await libraryFolders(unpacked));
    });
    return null;
  });
}

/** The version that the machine's sources have of a package; null for none. */
export async function debianVersion(context: Context, name: string, signal: AbortSignal): Promise<string | null> {
  return withApt(
    context,
    () => {},
    signal,
    (apt) => versionIn(apt, name, signal),
  );
}

async function withApt<T>(
  context: Context,
  report: Report,
  signal: AbortSignal,
  use: (apt: Apt) => Promise<T>,
): Promise<T> {
  await makeFolder(context, aptFolder(context));
  await using _lock = await takeLock(aptLock(context), {
    signal,
    onWait: (pid) => report(`waiting for process ${pid}, which is downloading too`),
  });
  report('reading the package lists');
  try {
    return await use(await openApt(context, signal));
  } finally {
    await removeAptCaches(context);
  }
}

async function versionIn(apt: Apt, name: string, signal: AbortSignal): Promise<string | null> {
  const candidate = candidateVersion(await apt.cache(['policy', name], signal));
  return candidate === null ? null : upstreamVersion(candidate);
}

/**
 * The packages and the libraries that they need and the machine lacks: what installing them would bring. The C library
 * itself is left out, because one of another version than its loader crashes every program. A package may stand for
 * the one of the current version, such as postgresql-client for postgresql-client-17.
 */
async function withLibraries(apt: Apt, packages: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
  const simulated = await apt.get(['--simulate', '--no-install-recommends', 'install', ...packages], signal);
  const libraries = simulatedInstalls(simulated).filter(
    (name) => name.startsWith('lib') && !/^libc6(?::|$)/.test(name),
  );
  const needed = dependencies(await apt.cache(['depends', ...packages], signal));
  const versions = needed.filter((name) => packages.some((asked) => name.startsWith(`${asked}-`)));
  return [...new Set([...packages, ...versions, ...libraries])];
}

/** A mirror drops a version as soon as there is a newer one: lists that were fine an hour ago may name what is gone. */
async function download(apt: Apt, packages: readonly string[], into: string, signal: AbortSignal): Promise<void> {
  try {
    await apt.get(['download', ...packages], signal, into);
  } catch {
    signal.throwIfAborted();
    await apt.update(signal);
    await apt.get(['download', ...packages], signal, into);
  }
}

async function unpack(from: string, into: string, signal: AbortSignal): Promise<void> {
  await mkdir(into);
  for (const file of (await readdir(from)).filter((name) => name.endsWith('.deb'))) {
    await runTool('dpkg', ['-x', join(from, file), into], { signal });
  }
}

/** Relative to the unpacked folder; Debian keeps libraries in a folder named after the machine's architecture. */
async function libraryFolders(unpacked: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const base of ['usr/lib', 'lib']) {
    for (const name of await readdir(join(unpacked, base)).catch(() => [])) {
      if (/-linux-/.test(name)) folders.push(join(base, name));
    }
  }
  return folders;
}
