import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { workingFolders } from '../../../../src/app/gc/working-folders.ts';

it('names where processes are at work now, of folders that are still there', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-works-')));
  const [inside, outside] = [folder, '/'].map((cwd) => spawn('sleep', ['600'], { cwd, stdio: 'ignore' }));
  const pids = [inside?.pid ?? 0, outside?.pid ?? 0];
  try {
    await Promise.all([inside, outside].map((child) => child && once(child, 'spawn')));
    expect(await workingFolders(pids)).toEqual([folder]);
    await rename(folder, `${folder}-moved`);
    expect(await workingFolders(pids)).toEqual([`${folder}-moved`]);
    await rm(`${folder}-moved`, { recursive: true });
    expect(await workingFolders(pids)).toEqual([]);
  } finally {
    for (const child of [inside, outside]) child?.kill('SIGKILL');
    await rm(`${folder}-moved`, { recursive: true, force: true });
  }
});
