import { rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { Labels } from '../../../core/labels.ts';
import type { CopyWay, KeptData } from '../../../core/runtime.ts';
import type { Service } from '../../../core/stack.ts';
import { readJson, writeJson } from '../../../lib/files.ts';
import { takeLock } from '../../../lib/lock.ts';
import type { Context } from '../context.ts';
import { withDraftFolder } from '../draft-folder.ts';
import { exists } from '../exists.ts';
import { draftsFolder, makeFolder, type ServiceFolder, serviceFolder } from '../folders.ts';
import type { DataMark } from '../marks.ts';
import { assertReachable } from '../reachable.ts';
import { unrecordedServer } from '../server/leftovers.ts';
import { runningServer } from '../server/record.ts';
import { initData } from './init.ts';
import { bringData } from './ready-copy.ts';
import { keepData } from './template.ts';

/**
 * Makes a service's data where there is none. It is made elsewhere on the same file system and appears whole, by a
 * rename: a cut-off copy is never taken for data.
 */
export async function createData(
  context: Context,
  environment: string,
  service: Service,
  labels: Labels,
  template: string | null,
): Promise<CopyWay | null> {
  const folder = serviceFolder(context, environment, service.name);
  await assertReachable(context, folder.root);
  await makeFolder(context, folder.root);
  await using _lock = await takeLock(folder.lock);
  const marked = (await readJson<DataMark>(folder.dataMark)) !== null;
  if ((await exists(folder.data)) && marked) return null;
  // Before there is data: then no power cut leaves data without its mark.
  await writeJson(folder.dataMark, { labels } satisfies DataMark, { durable: true });
  if (await exists(folder.data)) return null;
  // Awaited here: the lock is held until it is done.
  return await withDraftFolder(context, draftsFolder(context), async (draft) => {
    const data = join(draft, 'data');
    const way = template === null ? null : await bringData(context, template, data);
    if (template === null) await initData(context, service, { data, files: join(draft, 'files') });
    await rename(data, folder.data);
    return way;
  });
}

/** Keeps a copy of it for further environments. */
export async function keepServiceData(
  context: Context,
  environment: string,
  service: Service,
  kept: KeptData,
): Promise<CopyWay> {
  const folder = serviceFolder(context, environment, service.name);
  await using _lock = await takeLock(folder.lock);
  // Postgres removes its own lock file when it has ended in order.
  if ((await runningServer(folder.process, folder.data)) ?? (await exists(join(folder.data, 'postmaster.pid')))) {
    throw new UserError(`${service.name} has not ended in order: its data can't be kept`, { code: 'refused' });
  }
  return await keepData(context, service, folder.data, kept);
}

/** Gone at once, by a rename, even if deleting the files is cut off. */
export async function removeData(context: Context, environment: string, service: string): Promise<void> {
  const folder = serviceFolder(context, environment, service);
  if ((await runningServer(folder.process, folder.data)) ?? (await unrecordedServer(folder.data))) {
    throw new UserError(`${service} runs: its data can't be removed`, { code: 'refused', hints: ['Stop it first.'] });
  }
  await withDraftFolder(context, draftsFolder(context), async (draft) => {
    await rename(folder.data, join(draft, 'data')).catch(ignoreMissing);
    await rm(folder.dataMark, { force: true });
    // Without a service what else is here was left by a removal of one that was cut off after its mark.
    if (!(await exists(folder.mark))) await rm(folder.root, { recursive: true, force: true });
  });
  await removeIfEmpty(context, folder);
}

/** The service's folder and those above it, as far as nothing is in them any more. */
export async function removeIfEmpty(context: Context, folder: ServiceFolder): Promise<void> {
  for (let path = folder.root; path !== context.paths.data; path = dirname(path)) {
    const gone = await rmdir(path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
    if (!gone) return;
  }
}

function ignoreMissing(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
