import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Leftover, Store } from '../../core/store.ts';
import { removeDeadLock } from '../../lib/lock.ts';
import type { Context } from './context.ts';
import { makeReady } from './data/ready-copy.ts';
import { endAbandonedServer, removeTemplate, templateRecords } from './data/template.ts';
import { abandonedDrafts, withDraftFolder } from './draft-folder.ts';
import { plainName, programsFolder } from './folders.ts';
import { DRAFT, findLeftovers, LOCK } from './leftovers.ts';
import { installedNames } from './programs/installed.ts';
import { isRunFrom, PACKAGE_LISTS, programRecords, removePackageLists } from './programs/records.ts';

export function createStore(context: Context): Store {
  return {
    templates: () => templateRecords(context),
    removeTemplate: (key) => removeTemplate(context, key),
    makeReady: (key) => makeReady(context, key),
    makers: () => installedNames(context),
    programs: () => programRecords(context),
    removePrograms: (name) => removePrograms(context, name),
    leftovers: () => findLeftovers(context),
    removeLeftover: (leftover) => removeLeftover(context, leftover),
  };
}

/** Gone at once, by a rename: half of a program is never found. */
async function removePrograms(context: Context, name: string): Promise<void> {
  if (name === PACKAGE_LISTS) return removePackageLists(context);
  const folder = join(programsFolder(context), plainName(name));
  if (await isRunFrom(folder)) return;
  await withDraftFolder(context, programsFolder(context), async (draft) => {
    await rename(folder, join(draft, 'gone')).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  });
}

async function removeLeftover(_context: Context, { id, what }: Leftover): Promise<void> {
  if (what === LOCK) return removeDeadLock(id);
  if (what !== DRAFT || !(await abandonedDrafts(dirname(id))).includes(id)) return;
  await endAbandonedServer(id);
  await rm(id, { recursive: true, force: true, maxRetries: 20 });
}
