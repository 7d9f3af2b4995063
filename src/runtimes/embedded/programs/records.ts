import { readdir, readlink, realpath, rm, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { Label } from '../../../core/labels.ts';
import type { ProgramRecord } from '../../../core/store.ts';
import { diskBytes } from '../../../lib/disk-usage.ts';
import { readJson } from '../../../lib/files.ts';
import { takeLock } from '../../../lib/lock.ts';
import type { Context } from '../context.ts';
import { environmentsFolder, serviceFolder } from '../folders.ts';
import { type DataMark, namesIn, type ServiceMark, serviceNames } from '../marks.ts';
import { aptFolder, aptLock } from './apt.ts';
import { type CachedPrograms, cachedPrograms, MARK } from './installed.ts';
import { compareVersions, majorOf } from './versions.ts';

/** Everything in the cache, with who would miss it. */
export async function programRecords(context: Context): Promise<readonly ProgramRecord[]> {
  const [all, needs] = await Promise.all([cachedPrograms(context), needsOf(context)]);
  const programs = await Promise.all(
    all.map(async (cached) => {
      const { name, folder } = cached;
      const [mark, place] = await Promise.all([stat(join(folder, MARK)), stat(folder)]);
      return {
        name,
        sizeBytes: await diskBytes(folder),
        created: new Date(Math.min(mark.ctimeMs, place.mtimeMs)).toISOString(),
        lastUsed: mark.mtime.toISOString(),
        supersededBy: all.find((other) => supersedes(other, cached))?.name ?? null,
        running: await isRunFrom(folder),
        usedBy: [...new Set(needs.filter((need) => fits(need, cached)).map(({ environment }) => environment))],
      };
    }),
  );
  return [...programs, ...(await packageLists(context))];
}

/** What apt knows of the machine's sources: 90 MB, of use only when something is fetched. */
export const PACKAGE_LISTS = 'apt-lists';

async function packageLists(context: Context): Promise<readonly ProgramRecord[]> {
  const folder = aptFolder(context);
  const updated = await stat(join(folder, 'updated')).catch(() => null);
  if (!updated) return [];
  const time = updated.mtime.toISOString();
  const sizeBytes = await diskBytes(folder);
  const record = { name: PACKAGE_LISTS, sizeBytes, created: time, lastUsed: time };
  return [{ ...record, supersededBy: null, running: false, usedBy: [] }];
}

/** All but the lock, under which nobody reads them. */
export async function removePackageLists(context: Context): Promise<void> {
  await using _lock = await takeLock(aptLock(context));
  for (const name of await readdir(aptFolder(context))) {
    const path = join(aptFolder(context), name);
    if (path !== aptLock(context)) await rm(path, { recursive: true, force: true });
  }
}

/** Whether a process was started from it. Where that can't be seen, every server has its mark in an environment. */
export async function isRunFrom(folder: string): Promise<boolean> {
  if (platform() !== 'linux') return false;
  const inside = `${await realpath(folder).catch(() => folder)}/`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const files = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/exe`).catch(() => '')));
  return files.some((file) => file.startsWith(inside));
}

function supersedes({ mark: other }: CachedPrograms, { mark }: CachedPrograms): boolean {
  const same = other.family === mark.family && majorOf(other.version) === majorOf(mark.version);
  return same && compareVersions(other.version, mark.version) > 0;
}

/** A service that needs an engine of a major. */
interface Need {
  readonly environment: string;
  readonly engine: string;
  readonly major: string;
}

/** Data needs its programs too, when its service is gone until the next `up`. */
async function needsOf(context: Context): Promise<readonly Need[]> {
  const needs: Need[] = [];
  for (const environment of await namesIn(environmentsFolder(context))) {
    for (const service of await serviceNames(context, environment)) {
      const folder = serviceFolder(context, environment, service);
      const marks = [await readJson<ServiceMark>(folder.mark), await readJson<DataMark>(folder.dataMark)];
      for (const labels of marks.map((mark) => mark?.labels ?? {})) {
        const [engine, version] = [labels[Label.engine], labels[Label.version]];
        if (engine && version) needs.push({ environment, engine, major: majorOf(version) });
      }
    }
  }
  return needs;
}

/** The family of an engine's programs begins with its name: `redis-server`. */
function fits({ engine, major }: Need, { mark }: CachedPrograms): boolean {
  return `${mark.family}-`.startsWith(`${engine}-`) && majorOf(mark.version) === major;
}
