import { createHash, randomInt } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { readJson, writeJson } from '../lib/files.ts';
import { type GitCheckout, readCheckout } from '../lib/git.ts';
import { takeLock } from '../lib/lock.ts';
import { isTakenOver, readRecord, setTakenOver } from './records.ts';

export interface Identity {
  /** Ten characters, safe in a host name. */
  readonly id: string;
  readonly branch: string | null;
  /** For a person: what the id hangs on. */
  readonly basedOn: string;
  /** Git folder of a linked worktree; null for any other checkout. */
  readonly worktree: string | null;
}

/** Kept in the git folder of a worktree. One checkout may hold several projects, told apart by their folder in it. */
interface Mark {
  /** Real path of the worktree when this was written: tells a moved checkout from a copied one. */
  readonly path: string;
  readonly projects: Readonly<Record<string, string>>;
}

/**
 * Who a checkout is. A random id in the git folder survives a move; a copy, whose original still carries the same mark,
 * gets a new one. Without git, or where its folder can't be written, the real path decides.
 */
export async function identify(root: string): Promise<Identity> {
  const path = await realpath(root);
  const git = await readCheckout(path);
  if ('none' in git) return byPath(path, null, `its path, because ${git.none}`);
  try {
    const id = await markedId(git, path);
    const basedOn = git.linked ? 'this git worktree' : 'this git checkout';
    return { id, branch: git.branch, basedOn, worktree: git.linked ? git.gitDir : null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return byPath(path, git.branch, `its path, because the git folder can't be written (${code})`);
  }
}

/** The id that `identify` would give, if it has given one before; changes nothing. */
export async function knownIdentity(root: string): Promise<string | null> {
  const path = await realpath(root);
  const git = await readCheckout(path);
  if ('none' in git) return byPath(path, null, '').id;
  const mark = await readJson<Mark>(markFile(git.gitDir));
  if (mark === null) return byPath(path, null, '').id;
  return mark.projects[relative(await realpath(git.root), path) || '.'] ?? null;
}

/** Root of the git checkout around a folder, if its mark has this id, wherever the mark was made. */
export async function carrierOf(id: string, folder: string): Promise<string | null> {
  const git = await readCheckout(folder);
  if ('none' in git) return null;
  const mark = await readJson<Mark>(markFile(git.gitDir));
  return mark && Object.values(mark.projects).includes(id) ? git.root : null;
}

/** The same of a folder's own `.git`, read without git: for looking at many folders. */
export async function carries(id: string, folder: string): Promise<boolean> {
  const git = join(folder, '.git');
  const pointer = await readFile(git, 'utf8').catch(() => null);
  const gitDir = pointer === null ? git : resolve(folder, pointer.replace(/^gitdir: /, '').trim());
  const mark = await readJson<Mark>(markFile(gitDir));
  return mark !== null && Object.values(mark.projects).includes(id);
}

async function markedId(git: GitCheckout, path: string): Promise<string> {
  const file = markFile(git.gitDir);
  const root = await realpath(git.root);
  const project = relative(root, path) || '.';
  const known = await readJson<Mark>(file);
  const id = known?.path === root ? known.projects[project] : undefined;
  return id ?? writeMark(file, root, project);
}

/** Under a lock: of two first commands at once both get the id that is written. */
async function writeMark(file: string, root: string, project: string): Promise<string> {
  await using _lock = await takeLock(`${file}.lock`);
  const found = await readJson<Mark>(file);
  const mark = found && !(await isCopy(found, root)) ? found : { path: root, projects: {} };
  const id = mark.projects[project] ?? (await takeOver(join(root, project))) ?? randomId();
  await writeJson(file, { path: root, projects: { ...mark.projects, [project]: id } } satisfies Mark);
  return id;
}

/** What was there before git, or before git could be asked, goes on under its id: its data belongs to this checkout. */
async function takeOver(path: string): Promise<string | null> {
  const id = idOfPath(path);
  const record = await readRecord(id);
  if (record?.path !== path || (await isTakenOver(id))) return null;
  await setTakenOver(id);
  return id;
}

/** A mark that names another folder which still carries the very same mark was copied along with the checkout. */
async function isCopy(mark: Mark, root: string): Promise<boolean> {
  if (mark.path === root) return false;
  const original = await readCheckout(mark.path);
  if ('none' in original) return false;
  const theirs = await readJson<Mark>(markFile(original.gitDir));
  return theirs !== null && JSON.stringify(theirs.projects) === JSON.stringify(mark.projects);
}

function markFile(gitDir: string): string {
  return join(gitDir, 'devenv-cli.json');
}

function byPath(path: string, branch: string | null, basedOn: string): Identity {
  return { id: idOfPath(path), branch, basedOn, worktree: null };
}

function idOfPath(path: string): string {
  const hash = createHash('sha256').update(path).digest();
  return letters([...hash.subarray(0, 10)]);
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function randomId(): string {
  return letters(Array.from({ length: 10 }, () => randomInt(ALPHABET.length)));
}

function letters(numbers: readonly number[]): string {
  return numbers.map((number) => ALPHABET[number % ALPHABET.length]).join('');
}
