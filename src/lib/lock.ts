import { randomUUID } from 'node:crypto';
import { readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makePrivateFolder } from './private-folder.ts';
import { isSameProcess, processStart } from './process-identity.ts';

export interface Lock extends AsyncDisposable {
  release(): Promise<void>;
}

/** Some take it for a moment only, in the background. */
const TELL_AFTER_MS = 200;

interface Holder {
  readonly pid: number;
  readonly start: string;
  readonly token: string;
}

/**
 * Takes a lock, waiting while a living process holds it. It is a link that names its holder by pid and start time, so that
 * one left behind by SIGKILL is seen at once; the libraries for this wait for a stale time of seconds instead, or take
 * the lock from a holder whose event loop was busy for that long. `onWait` is told the holder's pid once, when it is
 * worth a word.
 */
export async function takeLock(
  file: string,
  options: { readonly signal?: AbortSignal; readonly onWait?: (pid: number) => void } = {},
): Promise<Lock> {
  const mine: Holder = { pid: process.pid, start: (await processStart(process.pid)) ?? '', token: randomUUID() };
  const began = performance.now();
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (await place(file, mine)) break;
    const holder = await readHolder(file);
    if (holder === null) continue;
    if (await isSameProcess(holder.pid, holder.start)) {
      if (!told && performance.now() - began > TELL_AFTER_MS) {
        told = true;
        options.onWait?.(holder.pid);
      }
      await sleep(25, undefined, { signal: options.signal });
    } else {
      await removeStale(file, holder);
    }
  }
  const release = async (): Promise<void> => {
    if ((await readHolder(file))?.token === mine.token) await rm(file, { force: true });
  };
  return { release, [Symbol.asyncDispose]: release };
}

/** Whether somebody has it now; `stale` is what one that was killed left. */
export async function lockState(file: string): Promise<'free' | 'held' | 'stale'> {
  const holder = await readHolder(file);
  if (holder === null) return 'free';
  return (await isSameProcess(holder.pid, holder.start)) ? 'held' : 'stale';
}

/** Removes a lock whose holder is dead, and no other. */
export async function removeDeadLock(file: string): Promise<void> {
  const holder = await readHolder(file);
  if (holder && !(await isSameProcess(holder.pid, holder.start))) await removeStale(file, holder);
}

/** A link appears with its target in it, or not at all; one this short needs no room of its own on a full disk. */
async function place(file: string, { pid, start, token }: Holder): Promise<boolean> {
  // Each time: whoever held it may have removed the folder along with what it was about.
  await makePrivateFolder(dirname(file));
  try {
    await symlink(`${pid} ${token} ${start}`, file);
    return true;
  } catch (error) {
    // ENOENT: the folder went, empty as it was, before the link was in it.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Moves the stale file away and looks at what was moved: of two that try at once, neither removes a fresh lock. */
async function removeStale(file: string, stale: Holder): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await readHolder(aside);
  if (moved && moved.token !== stale.token) await place(file, moved);
  await rm(aside, { force: true });
}

async function readHolder(file: string): Promise<Holder | null> {
  const target = await readlink(file).catch(() => '');
  const [, pid, token, start] = /^(\d+) (\S+) (.*)$/.exec(target) ?? [];
  return pid === undefined || token === undefined || start === undefined ? null : { pid: Number(pid), token, start };
}
