import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { File } from '../../../core/stack.ts';
import type { Context } from '../context.ts';
import { makeServerFolder } from '../folders.ts';
import { giveTo } from '../server-user.ts';

/** Writes a launch's files into a folder of the server's own; they hold passwords. */
export async function writeFiles(context: Context, folder: string, files: readonly File[]): Promise<void> {
  await makeServerFolder(context, folder);
  for (const file of files) {
    if (file.path !== basename(file.path)) throw new Error(`Not a bare file name: ${file.path}`);
    const path = join(folder, file.path);
    await writeFile(path, file.content.reveal(), { mode: 0o600 });
    await chmod(path, file.mode);
    await giveTo(context.user, path);
  }
}

/** Whether the folder holds these files with this content already. */
export async function areWritten(folder: string, files: readonly File[]): Promise<boolean> {
  const present = await readdir(folder).catch(() => null);
  if (present?.length !== files.length) return false;
  const same = files.map(async (file) => {
    const content = await readFile(join(folder, file.path), 'utf8').catch(() => null);
    return content === file.content.reveal();
  });
  return (await Promise.all(same)).every(Boolean);
}
