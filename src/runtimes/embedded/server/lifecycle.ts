import { rm, stat } from 'node:fs/promises';
import { uptime } from 'node:os';
import { UserError } from '../../../core/errors.ts';
import type { Life } from '../../../core/runtime.ts';
import { mainPort, type Service } from '../../../core/stack.ts';
import { readJson, writeJson } from '../../../lib/files.ts';
import { takeLock } from '../../../lib/lock.ts';
import type { Context } from '../context.ts';
import { exists } from '../exists.ts';
import { serviceFolder } from '../folders.ts';
import { launchOf, requirePrograms } from '../programs/resolve.ts';
import { assertReachable } from '../reachable.ts';
import { serverCommand } from './command.ts';
import { lastWords } from './last-words.ts';
import { awaitNoWorkers, removeStaleLock, unrecordedServer } from './leftovers.ts';
import { type ProcessRecord, runningServer } from './record.ts';
import { makeRunFolder, runFolder } from './run-folder.ts';
import { spawnServer } from './spawn.ts';
import { endServer } from './stop.ts';

export async function startService(context: Context, environment: string, service: Service): Promise<void> {
  const folder = serviceFolder(context, environment, service.name);
  if (!(await exists(folder.data))) throw new UserError(`${service.name} has no data to start on`);
  await using _lock = await takeLock(folder.lock);
  if (await runningServer(folder.process, folder.data)) return;
  await assertReachable(context, folder.data);
  const launch = launchOf(service);
  const found = await unrecorded(context, environment, service.name);
  if (found) return await writeJson(folder.process, found);

  const installed = await requirePrograms(context, service);
  await awaitNoWorkers(folder.data, installed.file(launch.run[0] ?? ''));
  await removeStaleLock(folder.data);
  const run = await makeRunFolder(context, environment, service.name);
  const port = mainPort(service)?.host ?? 0;
  const places = { data: folder.data, files: folder.files, run, port };
  const { stopSignal } = launch;
  const options = { processFile: folder.process, logFile: folder.log, run, port, stopSignal };
  await spawnServer(context, serverCommand(installed, launch, launch.run, places), options);
}

export async function stopService(context: Context, environment: string, service: string): Promise<void> {
  const folder = serviceFolder(context, environment, service);
  const record =
    (await runningServer(folder.process, folder.data)) ?? (await unrecorded(context, environment, service));
  if (!record) return;
  await endServer(record, folder.data);
  await writeJson(folder.process, { ...record, stopped: true } satisfies ProcessRecord);
  await rm(record.run, { recursive: true, force: true });
}

type ServerLife =
  | Extract<Life, { alive: true }>
  /** `asked`: it was to end, or the whole machine went down. */
  | (Extract<Life, { alive: false }> & { readonly asked: boolean });

/** Whether it runs; if not, how it ended. */
export async function howItIs(context: Context, environment: string, service: string): Promise<ServerLife> {
  const folder = serviceFolder(context, environment, service);
  const server = await runningServer(folder.process, folder.data);
  if (server) return { alive: true, run: `${server.pid} ${server.start}` };
  const record = await readJson<ProcessRecord>(folder.process);
  if (!record) return { alive: false, why: 'it was never started', asked: true };
  if (record.stopped) return { alive: false, why: 'it is stopped', asked: true };
  if (await isFromBeforeBoot(folder.process)) {
    return { alive: false, why: 'the machine was restarted since', asked: true };
  }
  const words = await lastWords(folder.log, record.logOffset);
  return { alive: false, why: words === '' ? 'it ended by itself' : `it ended: ${words}`, asked: false };
}

/** A file that was written before the machine was started, whose processes are all gone since. */
async function isFromBeforeBoot(file: string): Promise<boolean> {
  return (await stat(file)).mtimeMs < Date.now() - uptime() * 1_000;
}

/** A server whose record was lost. */
async function unrecorded(context: Context, environment: string, service: string): Promise<ProcessRecord | null> {
  const found = await unrecordedServer(serviceFolder(context, environment, service).data);
  if (!found) return null;
  const run = await runFolder(context, environment, service);
  return { ...found, run, logOffset: 0, stopped: false };
}
