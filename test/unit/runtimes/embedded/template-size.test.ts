import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskBytes } from '../../../../src/lib/disk-usage.ts';
import { templateSize } from '../../../../src/runtimes/embedded/data/template-size.ts';

describe('the size of a template', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'devenv-size-'));
    await mkdir(join(folder, 'data', 'base', '1'), { recursive: true });
    for (let file = 0; file < 200; file += 1)
      await writeFile(join(folder, 'data', 'base', '1', `${file}`), 'x'.repeat(5000));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is that of its data, whatever is read besides', async () => {
    expect(await diskBytes(join(folder, 'data'))).toBeGreaterThanOrEqual(200 * 5000);
    expect(await templateSize(folder)).toBe(await diskBytes(join(folder, 'data')));
  });

  it('is measured once, and twice as much with a copy that is ready', async () => {
    const bytes = await templateSize(folder);
    // Nobody walks through it again.
    await rm(join(folder, 'data'), { recursive: true });
    expect(await templateSize(folder)).toBe(bytes);
    await mkdir(join(folder, 'ready'));
    expect(await templateSize(folder)).toBe(2 * bytes);
  });

  it('lets others work meanwhile', async () => {
    const parts = Array.from({ length: 30 }, (_, index) => join(folder, 'data', 'base', `more${index}`));
    for (const part of parts) {
      await mkdir(part);
      await Promise.all(Array.from({ length: 200 }, (_, file) => writeFile(join(part, `${file}`), '')));
    }
    let turns = 0;
    let over = false;
    const turn = (): void => {
      turns += 1;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    await diskBytes(folder);
    over = true;
    // Each time so many files were looked at there was room for somebody else.
    expect(turns).toBeGreaterThan((30 * 200) / 64);
  });
});
