import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CheckoutFacts, Presence, Worktree } from '../../core/gc/checkout.ts';
import { mountPoints } from '../../lib/mounts.ts';
import { within } from '../../lib/within.ts';
import { carrierOf, carries } from '../../state/identity.ts';
import type { KnownEnvironment } from '../../state/records.ts';

/** A file system on a network that is down lets everybody wait. */
const ANSWER_MS = 3_000;

export interface Place {
  readonly id: string;
  readonly path: string;
  /** What was noted when it came up there. */
  readonly record: Pick<KnownEnvironment, 'worktree' | 'mount'> | null;
  /** Folders in which people keep checkouts: one that was moved may be there. */
  readonly searchIn: readonly string[];
  /** Folders in which its processes are at work. */
  readonly worksIn: readonly string[];
}

/** What the machine says of the folder in which an environment was made. */
export async function checkoutFacts(place: Place): Promise<CheckoutFacts> {
  const { path } = place;
  const silent: CheckoutFacts = {
    path,
    folder: 'unreadable',
    parent: 'unreadable',
    unmounted: null,
    carriedBy: null,
    worktree: null,
  };
  return path.startsWith('/') ? within(ANSWER_MS, read(place), silent) : { ...silent, path: '' };
}

async function read({ id, path, record, searchIn, worksIn }: Place): Promise<CheckoutFacts> {
  const [folder, parent] = await Promise.all([presence(path), presence(`${dirname(path)}/.`)]);
  const facts = { path, folder, parent, unmounted: null, carriedBy: null, worktree: null };
  if (folder === 'there') return facts;
  const mounted = record?.mount ? await mountPoints() : null;
  return {
    ...facts,
    unmounted: mounted && record?.mount && !mounted.includes(record.mount) ? record.mount : null,
    carriedBy:
      (await carrier(id, path, record?.worktree ?? null)) ??
      (await carrierAmong(id, worksIn)) ??
      (await search(id, [dirname(path), ...searchIn])),
    worktree: record?.worktree ? await worktreeFacts(record.worktree) : null,
  };
}

async function presence(path: string): Promise<Presence> {
  try {
    await lstat(path);
    return 'there';
  } catch (error) {
    // ENOTDIR: one of the folders above is a file now.
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

/** A checkout that lives on: around the folder, which its branch may lack, or where git has its worktree now. */
async function carrier(id: string, path: string, worktree: string | null): Promise<string | null> {
  const moved = worktree && (await readFile(join(worktree, 'gitdir'), 'utf8').catch(() => null));
  const around = await nearest(dirname(path));
  const folders = [...(moved ? [dirname(resolve(worktree, moved.trim()))] : []), ...(around === null ? [] : [around])];
  return carrierAmong(id, folders);
}

async function carrierAmong(id: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    if ((await presence(folder)) !== 'there') continue;
    const found = await carrierOf(id, folder);
    if (found !== null) return found;
  }
  return null;
}

/** One that was moved or renamed: beside the old place, or beside another checkout. */
async function search(id: string, folders: readonly string[]): Promise<string | null> {
  for (const folder of new Set(folders)) {
    const paths = (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
    const found = await Promise.all(paths.map((path) => carries(id, path)));
    const at = found.indexOf(true);
    if (at >= 0) return paths[at] ?? null;
  }
  return null;
}

async function nearest(folder: string): Promise<string | null> {
  if ((await presence(folder)) === 'there') return folder;
  return dirname(folder) === folder ? null : nearest(dirname(folder));
}

/** `git worktree lock` is for those on a disk that isn't always there. */
async function worktreeFacts(gitDir: string): Promise<Worktree> {
  const [repository, own, lock] = await Promise.all(
    [join(gitDir, '..', '..'), gitDir, join(gitDir, 'locked')].map(presence),
  );
  return { repository: repository ?? 'unreadable', listed: own !== 'missing', locked: lock === 'there' };
}
