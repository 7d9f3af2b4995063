import type { Leftover } from '../../core/store.ts';
import { diskBytes } from '../../lib/disk-usage.ts';
import { lockState } from '../../lib/lock.ts';
import type { Context } from './context.ts';
import { abandonedDrafts } from './draft-folder.ts';
import { draftsFolder, environmentsFolder, programsFolder, serviceFolder, templatesFolder } from './folders.ts';
import { namesIn, serviceNames } from './marks.ts';
import { aptLock } from './programs/apt.ts';

export const DRAFT = 'draft';
export const LOCK = 'lock';

/** Copies that were cut off, and locks of the dead. */
export async function findLeftovers(context: Context): Promise<readonly Leftover[]> {
  const parents = [draftsFolder(context), programsFolder(context), templatesFolder(context)];
  const drafts = (await Promise.all(parents.map(abandonedDrafts))).flat();
  const why = 'the devenv that was filling it was killed';
  return [
    ...(await Promise.all(drafts.map(async (id) => ({ id, what: DRAFT, why, sizeBytes: await diskBytes(id) })))),
    ...(await staleLocks(context)).map((id) => ({ id, what: LOCK, why: 'its holder was killed', sizeBytes: 0 })),
  ];
}

async function staleLocks(context: Context): Promise<readonly string[]> {
  const locks = [aptLock(context)];
  for (const id of await namesIn(environmentsFolder(context))) {
    for (const name of await serviceNames(context, id)) locks.push(serviceFolder(context, id, name).lock);
  }
  const states = await Promise.all(locks.map(lockState));
  return locks.filter((_, index) => states[index] === 'stale');
}
