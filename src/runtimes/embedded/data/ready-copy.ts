import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CopyWay } from '../../../core/runtime.ts';
import type { Context } from '../context.ts';
import { withDraftFolder } from '../draft-folder.ts';
import { exists } from '../exists.ts';
import { plainName, templatesFolder } from '../folders.ts';
import { copyFolder, flush, wayOf } from './copy.ts';
import { endAbandonedServer, templateData } from './template.ts';

/**
 * A copy beside a baseline, whole from the moment it has its name. The next environment takes it by a rename, in the same
 * time whatever its size; where blocks can be cloned there is nothing to gain.
 */
export async function makeReady(context: Context, key: string): Promise<void> {
  const ready = readyCopy(context, key);
  if (await exists(ready)) return;
  const from = await templateData(context, key);
  const make = async (draft: string): Promise<void> => {
    const data = join(draft, 'data');
    if ((await wayOf(from, draft)) === 'reflink') return;
    await copyFolder(from, data);
    await flush(data);
    // Another may have made one, or the baseline may be gone: then this one goes with the draft.
    await rename(data, ready).catch(() => {});
  };
  await withDraftFolder(context, templatesFolder(context), make, endAbandonedServer);
}

/** Puts a template's data at `to`, on the same file system as all data: by the copy that is ready, else by a new one. */
export async function bringData(context: Context, key: string, to: string): Promise<CopyWay> {
  const from = await templateData(context, key);
  // Of two at once one gets it. On another file system a rename can't be.
  const taken = await rename(readyCopy(context, key), to).then(
    () => true,
    () => false,
  );
  return taken ? 'ready' : copyFolder(from, to);
}

function readyCopy(context: Context, key: string): string {
  return join(templatesFolder(context), plainName(key), 'ready');
}
