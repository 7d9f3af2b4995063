import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentRecord } from '../core/runtime.ts';
import { readJson, writeJson } from '../lib/files.ts';
import { environmentState, paths } from '../lib/paths.ts';

/**
 * What devenv last did for an environment: which runtime holds its data, that it exists although it may have host
 * processes only, and where its checkout was last seen. Of all else the objects tell, and win where they disagree.
 */
export async function readRecord(id: string): Promise<EnvironmentRecord | null> {
  return readJson<EnvironmentRecord>(recordFile(id));
}

export async function writeRecord(record: EnvironmentRecord): Promise<void> {
  await writeJson(recordFile(record.id), record);
}

export async function readRecords(): Promise<readonly EnvironmentRecord[]> {
  const ids = await readdir(join(paths().state, 'environments')).catch(() => []);
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
