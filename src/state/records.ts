import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentRecord } from '../core/runtime.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState, isEnvironmentId, paths } from '../lib/paths.ts';

/** Beside what its objects tell: where it was made, so that later it can be told whether that is really gone. */
export interface KnownEnvironment extends EnvironmentRecord {
  /** Address of the engine that holds it. */
  readonly engine: string | null;
  /** Git folder of the checkout when it is a linked worktree. */
  readonly worktree: string | null;
  /** Mount point of the checkout's file system, where the system tells. */
  readonly mount: string | null;
}

/**
 * What devenv last did for an environment: which runtime holds its data, that it exists although it may have host
 * processes only, and where its checkout was last seen. Of all else the objects tell, and win where they disagree.
 */
export async function readRecord(id: string): Promise<KnownEnvironment | null> {
  return readJson<KnownEnvironment>(recordFile(id));
}

export async function writeRecord(record: KnownEnvironment): Promise<void> {
  await writeJson(recordFile(record.id), record);
}

export async function readRecords(): Promise<readonly KnownEnvironment[]> {
  const ids = (await readdir(join(paths().state, 'environments')).catch(() => [])).filter(isEnvironmentId);
  const records = await Promise.all(ids.map(readRecord));
  return records.filter((record) => record !== null);
}

/** Whether the ready hook still has to run: the last `up` began something and its hook has not ended well since. */
export async function isHookPending(id: string): Promise<boolean> {
  return (await readJson(hookFile(id))) !== null;
}

export async function setHookPending(id: string, pending: boolean): Promise<void> {
  if (pending) await writeJson(hookFile(id), { pending });
  else await rm(hookFile(id), { force: true });
}

/** Whether a git checkout has taken over what was known by its path: it may move, and another come to that path. */
export async function isTakenOver(id: string): Promise<boolean> {
  return (await readJson(takenOverFile(id))) !== null;
}

export async function setTakenOver(id: string): Promise<void> {
  await writeJson(takenOverFile(id), { takenOver: true });
}

/** Forgets an environment with its logs. Moved away first: whoever waits for the lock in it makes a folder of its own. */
export async function removeRecord(id: string): Promise<void> {
  const aside = join(paths().state, `removed-${id}-${randomUUID()}`);
  try {
    await rename(environmentState(id), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

function recordFile(id: string): string {
  return join(environmentState(id), 'environment.json');
}

function takenOverFile(id: string): string {
  return join(environmentState(id), 'taken-over.json');
}

function hookFile(id: string): string {
  return join(environmentState(id), 'hook.json');
}
