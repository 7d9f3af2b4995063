import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchFiles } from '../../../src/supervisor/watch-files.ts';
import { tempFolder } from './support.ts';

/** Changes a file until the watcher, which takes a moment to start, has seen it. */
async function changeUntil(files: readonly string[], seen: () => boolean): Promise<void> {
  while (!seen()) {
    for (const file of files) await writeFile(file, String(Math.random()));
    await sleep(150);
  }
}

describe('watchFiles', () => {
  it('tells of files that a glob or folder names, once for many, and not of node_modules or what is taken out', async () => {
    await using folder = await tempFolder();
    const cwd = folder.path;
    for (const name of ['src/deep', 'src/node_modules', 'lib']) await mkdir(join(cwd, name), { recursive: true });
    const changes: string[] = [];
    const onError = (error: unknown): void => expect.fail(String(error));
    const globs = ['src/**/*.ts', './lib', 'later/*.ts', '!src/deep/out.ts'];
    await using _watch = await watchFiles({ cwd, globs, onChange: (path) => changes.push(path), onError });
    const others = ['src/a.md', 'src/node_modules/b.ts', 'src/deep/out.ts', 'c.ts'].map((name) => join(cwd, name));

    await changeUntil([...others, join(cwd, 'src/deep/d.ts')], () => changes.length > 0);
    expect(new Set(changes)).toEqual(new Set(['src/deep/d.ts']));
    await changeUntil([join(cwd, 'lib/e')], () => changes.includes('lib/e'));
    await mkdir(join(cwd, 'later'));
    await changeUntil([join(cwd, 'later/f.ts')], () => changes.includes('later/f.ts'));
    expect(changes.length).toBeLessThan(30);
  });
});
