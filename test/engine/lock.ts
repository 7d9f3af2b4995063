import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cachePath } from './paths.ts';

/** Only one process at a time starts, stops or builds: several checkouts share the cache. */
export async function withLock<T>(work: () => Promise<T>): Promise<T> {
  const path = cachePath('lock');
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) await delay(100);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (owner && !exists(owner)) await rm(path, { force: true });
    return false;
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
