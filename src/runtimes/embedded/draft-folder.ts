import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSameProcess, processStart } from '../../lib/process-identity.ts';
import type { Context } from './context.ts';
import { makeFolder } from './folders.ts';

/** `draft-PID-START-RANDOM`: its owner is in its name, so that there is none without, however far its making or removal got. */
const NAME = /^draft-(\d+)-(.+)-[0-9a-f]{12}$/;

/**
 * Gives `make` a folder next to the place its result is to be renamed to; whatever is left of it afterwards goes. Those
 * left behind by a devenv that was killed go too, `beforeSweep` first; they are never mistaken for results.
 */
export async function withDraftFolder<T>(
  context: Context,
  parent: string,
  make: (draft: string) => Promise<T>,
  beforeSweep: (draft: string) => Promise<void> = async () => {},
): Promise<T> {
  await makeFolder(context, parent);
  await sweep(parent, beforeSweep);
  const draft = join(parent, await newName());
  await mkdir(draft);
  try {
    await chmod(draft, context.user ? 0o711 : 0o700);
    return await make(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

export function isDraft(name: string): boolean {
  return NAME.test(name);
}

async function newName(): Promise<string> {
  const start = encodeURIComponent((await processStart(process.pid)) ?? '0');
  return `draft-${process.pid}-${start}-${randomBytes(6).toString('hex')}`;
}

/** Paths of those whose owners are dead. */
export async function abandonedDrafts(parent: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await readdir(parent).catch(() => [])) {
    const [, pid, start] = NAME.exec(name) ?? [];
    if (!pid || !start || (await isSameProcess(Number(pid), decodeURIComponent(start)))) continue;
    found.push(join(parent, name));
  }
  return found;
}

async function sweep(parent: string, beforeSweep: (draft: string) => Promise<void>): Promise<void> {
  for (const draft of await abandonedDrafts(parent)) {
    await beforeSweep(draft);
    // Again and again: a copy that its owner had begun may still be filling it.
    await rm(draft, { recursive: true, force: true, maxRetries: 20 });
  }
}
