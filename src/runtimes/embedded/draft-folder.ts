import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSameProcess, processStart } from '../../lib/process-identity.ts';
import type { Context } from './context.ts';
import { makeFolder } from './folders.ts';
import { readJson, writeJson } from './json-file.ts';

interface Owner {
  readonly pid: number;
  readonly start: string;
}

const PREFIX = 'draft-';

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
  const draft = join(parent, `${PREFIX}${randomBytes(6).toString('hex')}`);
  await mkdir(draft);
  try {
    await chmod(draft, context.user ? 0o711 : 0o700);
    await writeJson(join(draft, 'owner.json'), await self());
    return await make(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

export function isDraft(name: string): boolean {
  return name.startsWith(PREFIX);
}

async function self(): Promise<Owner> {
  return { pid: process.pid, start: (await processStart(process.pid)) ?? '' };
}

async function sweep(parent: string, beforeSweep: (draft: string) => Promise<void>): Promise<void> {
  for (const name of (await readdir(parent)).filter(isDraft)) {
    const draft = join(parent, name);
    const owner = await readJson<Owner>(join(draft, 'owner.json'));
    // Without an owner it is in the middle of being made, or of being removed, by somebody else.
    if (!owner || (await isSameProcess(owner.pid, owner.start))) continue;
    await beforeSweep(draft);
    await rm(draft, { recursive: true, force: true });
  }
}
