import { constants, copyFile, readdir } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { CopyWay } from '../../../core/runtime.ts';

/** Copies a folder with owners and modes; as clones of the blocks where the file system can, which takes no space. */
export async function copyFolder(from: string, to: string): Promise<CopyWay> {
  const way = await wayOf(from, dirname(to));
  if (platform() !== 'darwin') {
    await execa('cp', ['-a', '--reflink=auto', from, to]);
    return way;
  }
  const cloned = await execa('cp', ['-Rpc', from, to], { reject: false });
  if (cloned.failed) await execa('cp', ['-Rp', `${from}/.`, to]);
  return cloned.failed ? 'copy' : way;
}

/** cp(1) doesn't say what it did, and file systems differ even by how they were made: so one file is tried. */
export async function wayOf(from: string, beside: string): Promise<CopyWay> {
  const file = (await readdir(from, { withFileTypes: true })).find((entry) => entry.isFile());
  if (!file) return 'copy';
  const probe = join(beside, '.reflink');
  return copyFile(join(from, file.name), probe, constants.COPYFILE_FICLONE_FORCE).then(
    () => 'reflink',
    () => 'copy',
  );
}

/** Until it is on the disk: a power cut would leave files of the right length with nothing in them. */
export async function flush(folder: string): Promise<void> {
  // GNU's waits for one file system; others know none of its flags.
  const own = await execa('sync', ['-f', folder], { reject: false });
  if (own.failed) await execa('sync', { reject: false });
}
