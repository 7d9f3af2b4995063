import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { packageFolder } from '../lib/installation.ts';
import { isSameProcess, processStart } from '../lib/process-identity.ts';
import { shellWord } from '../lib/shell-word.ts';

/** In a demo until it is whole: with it the folder is ours to go on with, whatever is in it. */
export const UNFINISHED = '.devenv-demo-unfinished';

/** Who makes it. */
interface Maker {
  readonly pid: number;
  readonly start: string;
}

/** Where a demo can be made: a new folder, or one whose demo was cut off. Changes nothing. */
export async function demoFolder(cwd: string, wanted: string | null): Promise<string> {
  const folder = wanted === null ? await freeFolder(await outsideOfDevenv(cwd)) : resolve(cwd, wanted);
  await refuseInside(folder);
  const found = await contentOf(folder);
  if (found === 'free') return folder;
  throw new UserError(`${folder} is ${found === 'file' ? 'a file' : 'not empty'}`, {
    code: 'usage',
    hints: ['Name a new folder: devenv demo DIR'],
  });
}

/** Makes it; from now on it is marked as unfinished. */
export async function beginDemoFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const maker: Maker = { pid: process.pid, start: (await processStart(process.pid)) ?? '' };
  await writeJson(join(folder, UNFINISHED), maker);
  return realpath(folder);
}

export async function finishDemoFolder(folder: string): Promise<void> {
  await rm(join(folder, UNFINISHED));
}

async function freeFolder(base: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = join(base, number === 1 ? 'devenv-demo' : `devenv-demo-${number}`);
    if ((await contentOf(candidate)) === 'free') return candidate;
  }
}

/** Free: not there, empty, or left unfinished by a devenv that is gone. */
async function contentOf(folder: string): Promise<'free' | 'file' | 'used'> {
  try {
    if ((await readdir(folder)).length === 0) return 'free';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'free';
    if (code === 'ENOTDIR') return 'file';
    throw error;
  }
  const maker = await readJson<Maker>(join(folder, UNFINISHED));
  return maker !== null && !(await isSameProcess(maker.pid, maker.start)) ? 'free' : 'used';
}

/** The demo is a project of its own: never inside the checkout of devenv. */
async function outsideOfDevenv(cwd: string): Promise<string> {
  const home = await realpath(packageFolder());
  const here = await realpath(cwd);
  return isInside(home, here) ? dirname(home) : here;
}

async function refuseInside(folder: string): Promise<void> {
  const home = await realpath(packageFolder());
  const real = await realExisting(folder);
  if (!isInside(home, real)) return;
  const outside = join(dirname(home), real === home ? 'devenv-demo' : basename(real));
  throw new UserError(`${folder} is inside the checkout of devenv`, {
    code: 'usage',
    hints: [`Name a folder outside of it: devenv demo ${shellWord(outside)}`],
  });
}

/** Links resolved, of as much of the path as there is. */
async function realExisting(path: string): Promise<string> {
  return realpath(path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || dirname(path) === path) return path;
    return join(await realExisting(dirname(path)), relative(dirname(path), path));
  });
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith('../');
}
