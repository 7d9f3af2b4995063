import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Leftover } from '../core/store.ts';
import { diskBytes } from '../lib/disk-usage.ts';
import { lockState, removeDeadLock } from '../lib/lock.ts';
import { paths } from '../lib/paths.ts';

const LOCK = 'lock';
const DRAFT = 'draft';
const REMOVED = 'half-removed state';
const EMPTY = 'empty folder';

const UUID = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A file is written within a moment; one that is older belongs to nobody. */
const DRAFT_MS = 3_600_000;

/** What was cut off in the state folder. A folder that can't be listed is for `doctor` to name. */
export async function stateLeftovers(): Promise<readonly Leftover[]> {
  const { state } = paths();
  const environments = await listed(join(state, 'environments'));
  const inside = (await Promise.all(environments.map(listed))).flat();
  const found = await Promise.all([...(await listed(state)), ...inside].map(leftoverAt));
  const empty = await Promise.all(environments.map(emptyFolder));
  return [...found, ...empty].filter((one) => one !== null);
}

export async function removeStateLeftover({ id, what }: Leftover): Promise<void> {
  if (what === LOCK) return removeDeadLock(id);
  if (what === EMPTY) return rmdir(id).catch(() => {});
  if ((await leftoverAt(id)) !== null) await rm(id, { recursive: true, force: true });
}

async function leftoverAt(path: string): Promise<Leftover | null> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const make = async (what: string, why: string) => ({ id: path, what, why, sizeBytes: await diskBytes(path) });
  if (name === 'lock' || name.endsWith('.lock')) {
    return (await lockState(path)) === 'stale' ? make(LOCK, 'its holder was killed') : null;
  }
  if (name.startsWith('removed-') && UUID.test(`.${name.slice(-36)}`)) return make(REMOVED, 'its removal was cut off');
  if (!UUID.test(name)) return null;
  const found = await lstat(path).catch(() => null);
  const old = found !== null && Date.now() - found.mtimeMs > DRAFT_MS;
  return old ? make(DRAFT, 'its writing was cut off') : null;
}

async function emptyFolder(path: string): Promise<Leftover | null> {
  const names = await readdir(path).catch(() => null);
  if (names === null || names.length > 0) return null;
  return { id: path, what: EMPTY, why: 'nothing is in it', sizeBytes: await diskBytes(path) };
}

async function listed(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
}
