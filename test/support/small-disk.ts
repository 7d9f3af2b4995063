import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { chmod, mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export const isRoot = process.getuid?.() === 0;

/** Whether these tests can make file systems of their own: as root, and where the sandbox lets them. */
export const canMount: boolean = isRoot && process.platform === 'linux' && tryMount();

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'dve-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
  if (mounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
}

/** A file system in memory, gone when disposed. */
export interface Disk extends AsyncDisposable {
  readonly folder: string;
  /** Leaves no byte, or as many as are given. */
  fill(leave?: number): Promise<void>;
  /** Makes room again. */
  empty(): Promise<void>;
  /** Other mount options: `size=200m`, `ro`. */
  remount(options: string): Promise<void>;
}

export async function mountDisk(folder: string, size: string): Promise<Disk> {
  await mkdir(folder, { recursive: true });
  await execa('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', folder]);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill(leave = 0) {
      const { bavail, bsize } = await statfs(folder);
      await writeFile(ballast, Buffer.alloc(bavail * bsize - leave));
    },
    empty: () => rm(ballast),
    async remount(options) {
      await execa('mount', ['-o', `remount,${options}`, folder]);
    },
    async [Symbol.asyncDispose]() {
      // Lazily: whatever a failed test has left running may still be in it.
      await execa('umount', ['--lazy', folder]);
    },
  };
}

/** A folder in which nothing can be made: for root, to whom permissions don't apply, a file system mounted read-only. */
export async function readOnlyFolder(folder: string, prepare: () => Promise<unknown>): Promise<AsyncDisposable> {
  if (!isRoot) {
    await mkdir(folder, { recursive: true });
    await prepare();
    await chmod(folder, 0o555);
    return { [Symbol.asyncDispose]: () => chmod(folder, 0o755) };
  }
  const disk = await mountDisk(folder, '1m');
  await prepare();
  await disk.remount('ro');
  return disk;
}
