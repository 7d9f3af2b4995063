import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Labels } from '../../core/labels.ts';
import type { Access } from '../../core/runtime.ts';
import { mainPort, type Service } from '../../core/stack.ts';
import { readJson, writeJson } from '../../lib/files.ts';
import { takeLock } from '../../lib/lock.ts';
import type { Context } from './context.ts';
import { removeIfEmpty } from './data/service-data.ts';
import { makeFolder, serviceFolder } from './folders.ts';
import type { ServiceMark } from './marks.ts';
import { findPrograms, launchOf } from './programs/resolve.ts';
import { areWritten, writeFiles } from './server/files.ts';
import { stopService } from './server/lifecycle.ts';
import { type ProcessRecord, runningServer } from './server/record.ts';

export async function createService(
  context: Context,
  environment: string,
  service: Service,
  labels: Labels,
): Promise<void> {
  const folder = serviceFolder(context, environment, service.name);
  await makeFolder(context, folder.root);
  const installed = await findPrograms(context, launchOf(service).programs);
  await writeJson(folder.mark, { labels, program: installed?.version ?? null } satisfies ServiceMark);
}

export async function fillService(context: Context, environment: string, service: Service): Promise<void> {
  const folder = serviceFolder(context, environment, service.name);
  const { files } = launchOf(service);
  await using _lock = await takeLock(folder.lock);
  if (await areWritten(folder.files, files)) return;
  if (await runningServer(folder.process, folder.data)) {
    throw new UserError(`${service.name} runs: its files can't be replaced`, { code: 'refused' });
  }
  await writeFiles(context, folder.files, files);
}

/** All but its data, which has a mark of its own to be found by. */
export async function removeService(context: Context, environment: string, service: string): Promise<void> {
  await stopService(context, environment, service);
  const folder = serviceFolder(context, environment, service);
  const kept = [folder.data, folder.dataMark];
  const record = await readJson<ProcessRecord>(folder.process);
  if (record) await rm(record.run, { recursive: true, force: true });
  // The mark first: without it the rest is nothing, should this be cut off.
  await rm(folder.mark, { force: true });
  for (const name of await readdir(folder.root).catch(() => [])) {
    const path = join(folder.root, name);
    if (!kept.includes(path)) await rm(path, { recursive: true, force: true });
  }
  await removeIfEmpty(context, folder);
}

export async function accessTo(context: Context, environment: string, service: Service): Promise<Access> {
  const record = await readJson<ProcessRecord>(serviceFolder(context, environment, service.name).process);
  const port = record?.port ?? mainPort(service)?.host ?? 0;
  return { endpoint: { host: '127.0.0.1', port }, socketDir: record?.run ?? null, exec: null };
}
