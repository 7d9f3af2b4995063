import { chmod, mkdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRunFolder, prepareRunFolder } from '../../../src/supervisor/run-folder.ts';
import { tempFolder } from './support.ts';

describe('the folder for sockets', () => {
  it('is made for its owner alone, and made so again', async () => {
    await using folder = await tempFolder();
    const run = join(folder.path, 'a', 'run');
    expect(await checkRunFolder(run)).toBe(false);
    await prepareRunFolder(run);
    await chmod(run, 0o777);
    await prepareRunFolder(run);
    expect((await stat(run)).mode & 0o777).toBe(0o700);
    expect(await checkRunFolder(run)).toBe(true);
  });

  it('is refused when it is a link', async () => {
    await using folder = await tempFolder();
    await mkdir(join(folder.path, 'real'));
    await symlink(join(folder.path, 'real'), join(folder.path, 'run'));
    await expect(prepareRunFolder(join(folder.path, 'run'))).rejects.toThrow('is not a folder of this user');
    await expect(checkRunFolder(join(folder.path, 'run'))).rejects.toThrow('is not a folder of this user');
  });
});
