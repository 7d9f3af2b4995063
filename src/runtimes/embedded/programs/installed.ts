import { chmod, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readJson, touch, writeJson } from '../../../lib/files.ts';
import type { Context } from '../context.ts';
import { isDraft } from '../draft-folder.ts';
import { exists } from '../exists.ts';
import { programsFolder } from '../folders.ts';
import { compareVersions, majorOf } from './versions.ts';

/** Programs that can be run. */
export interface Installed {
  readonly version: string;
  /** What their folder in the cache is called; null for programs from elsewhere. */
  readonly name: string | null;
  /** Where a program named in an argv is. */
  readonly file: (name: string) => string;
  /** What they need to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

/** `program.json` in a folder of the cache; paths are relative to that folder. */
export interface ProgramMark {
  readonly family: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  readonly libraries: readonly string[];
}

export const MARK = 'program.json';

/** The newest of a wanted major that is in the cache; any major without `majors`. */
export async function findInCache(
  context: Context,
  family: string,
  majors: readonly string[] | null,
): Promise<Installed | null> {
  const marks = (await cachedPrograms(context)).filter(
    ({ mark }) => mark.family === family && (!majors || majors.includes(majorOf(mark.version))),
  );
  const newest = marks.sort((a, b) => compareVersions(b.mark.version, a.mark.version))[0];
  return newest ? installedIn(newest.folder, newest.mark) : null;
}

export interface CachedPrograms {
  readonly name: string;
  readonly folder: string;
  readonly mark: ProgramMark;
}

/** All that the cache holds. */
export async function cachedPrograms(context: Context): Promise<readonly CachedPrograms[]> {
  const found: CachedPrograms[] = [];
  for (const name of await readdir(programsFolder(context)).catch(() => [])) {
    if (isDraft(name)) continue;
    const folder = join(programsFolder(context), name);
    const mark = await readJson<ProgramMark>(join(folder, MARK));
    if (mark) found.push({ name, folder, mark });
  }
  return found;
}

export async function installedNames(context: Context): Promise<readonly string[]> {
  return (await cachedPrograms(context)).map(({ name }) => name);
}

/** For `gc`: what is not used for long goes. */
export async function noteUse(context: Context, { name }: Installed): Promise<void> {
  if (name !== null) await touch(join(programsFolder(context), name, MARK));
}

function installedIn(folder: string, mark: ProgramMark): Installed {
  const libraries = mark.libraries.map((path) => join(folder, path)).join(':');
  return {
    version: mark.version,
    name: basename(folder),
    file: (name) => {
      const path = mark.files[name];
      if (path === undefined) throw new Error(`${mark.family} ${mark.version} has no program ${name}.`);
      return join(folder, path);
    },
    env: libraries === '' ? {} : { LD_LIBRARY_PATH: libraries },
  };
}

/** Makes an unpacked folder visible under its final name, at once; of two that fetch the same, the first stays. */
export async function keepInCache(context: Context, unpacked: string, mark: ProgramMark): Promise<Installed> {
  await writeJson(join(unpacked, MARK), mark);
  await chmod(unpacked, 0o755);
  const final = join(programsFolder(context), `${mark.family}-${mark.version}`);
  await rename(unpacked, final).catch(async (error: unknown) => {
    if (!(await exists(join(final, MARK)))) throw error;
  });
  return installedIn(final, mark);
}
