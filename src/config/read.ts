import { constants } from 'node:fs';
import { type FileHandle, open, readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, UserError } from '../core/errors.ts';

/** All that loading a configuration asks of the disk. */

const FORMATS = ['yaml', 'yml', 'json', 'ts', 'mjs'] as const;
type Format = (typeof FORMATS)[number];

export interface ConfigFile {
  /** Bare: it lies in the project's folder. */
  readonly name: string;
  readonly format: Format;
}

export interface Found {
  /** Real path of the project's folder. */
  readonly root: string;
  /** Real path of the folder where the search began. */
  readonly cwd: string;
  /** Several of one kind are a mistake, which is for the caller to report. */
  readonly base: readonly ConfigFile[];
  readonly local: readonly ConfigFile[];
}

const MAX_BYTES = 1_000_000;

/** The nearest folder upwards that has a configuration; what lies above a git checkout doesn't belong to it. */
export async function findConfig(cwd: string): Promise<Found | undefined> {
  const start = await realpath(resolve(cwd)).catch((error) => Promise.reject(noFolder(cwd, error)));
  for (let folder = start; ; folder = dirname(folder)) {
    const names = await readdir(folder).catch((): string[] => []);
    const base = configFiles(names, 'devenv.config');
    if (base.length > 0) return { root: folder, cwd: start, base, local: configFiles(names, 'devenv.config.local') };
    if (names.includes('.git') || dirname(folder) === folder) return undefined;
  }
}

function noFolder(cwd: string, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return error;
  return new UserError(`there is no folder ${cwd}`, { code: 'usage', cause: error });
}

function configFiles(names: readonly string[], stem: string): readonly ConfigFile[] {
  return FORMATS.map((format) => ({ name: `${stem}.${format}`, format })).filter(({ name }) => names.includes(name));
}

export type ReadResult = { readonly text: string } | { readonly problem: string } | { readonly missing: true };

export async function readText(file: string): Promise<ReadResult> {
  try {
    // Without blocking: opening a pipe would wait for somebody to write into it.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    return await readFrom(handle);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { missing: true } : { problem: `can't be read: ${reason(code) ?? messageOf(error)}` };
  }
}

async function readFrom(handle: FileHandle): Promise<ReadResult> {
  const stat = await handle.stat();
  if (stat.isDirectory()) return { problem: "can't be read: it is a folder" };
  if (!stat.isFile()) return { problem: "can't be read: it is not a regular file" };
  if (stat.size > MAX_BYTES) return { problem: `is larger than ${MAX_BYTES / 1e6} MB` };
  const bytes = await handle.readFile();
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: "can't be read: it is not UTF-8 text" };
  }
}

function reason(code: string | undefined): string | undefined {
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ELOOP') return 'it is a link that leads to itself';
  return undefined;
}

/** The folder that names the project: in a git worktree that of the main checkout, so that all share one name. */
export async function namingFolder(root: string): Promise<string> {
  const text = await readFile(join(root, '.git'), 'utf8').catch(() => '');
  const [, git] = /^gitdir: (.*)[/\\]\.git[/\\]worktrees[/\\]/.exec(text) ?? [];
  return basename(git === undefined ? root : resolve(root, git));
}
