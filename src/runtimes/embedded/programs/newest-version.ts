import type { VersionCandidate } from '../../../core/runtime.ts';
import type { Context } from '../context.ts';
import { debianVersion, hasDebianPackages } from './debian-packages.ts';
import { findPrograms } from './resolve.ts';
import { majorOf } from './versions.ts';

/**
 * The newest major that can be had here; candidates come the newest last. npm has them all, so only without the network
 * does it matter what is in the cache. Of a program of the system there usually is one version, and a system that has
 * none installed may have a package of it. Where nothing can be had, fetching the newest says so.
 */
export async function newestVersion(context: Context, candidates: readonly VersionCandidate[]): Promise<string> {
  const newest = candidates.at(-1);
  if (!newest) throw new Error('There is no version to choose from.');
  if (newest.programs?.from === 'npm' && !context.offline) return newest.version;
  const present = await newestPresent(context, candidates);
  return present ?? (await newestPackaged(context, candidates)) ?? newest.version;
}

async function newestPresent(context: Context, candidates: readonly VersionCandidate[]): Promise<string | null> {
  for (const { version, programs } of [...candidates].reverse()) {
    if (programs && (await findPrograms(context, programs))) return version;
  }
  return null;
}

async function newestPackaged(context: Context, candidates: readonly VersionCandidate[]): Promise<string | null> {
  const programs = candidates.at(-1)?.programs;
  if (context.offline || programs?.from !== 'path' || programs.named || !(await hasDebianPackages(context)))
    return null;
  const name = programs.debian[0];
  const packaged = name && (await debianVersion(context, name, new AbortController().signal));
  if (!packaged) return null;
  const fitting = candidates.filter(
    (one) => one.programs?.from === 'path' && one.programs.majors.includes(majorOf(packaged)),
  );
  return fitting.at(-1)?.version ?? null;
}
