import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Context, createContext } from '../../../../src/runtimes/embedded/context.ts';
import { assertReachable, firstClosedFolder } from '../../../../src/runtimes/embedded/reachable.ts';

/** Owns nothing. */
const stranger = { uid: 4_000_000, gid: 4_000_000 };
const contextIn = (base: string): Context => ({
  ...createContext({ offline: true, env: { XDG_DATA_HOME: base, XDG_CACHE_HOME: base } }),
  user: stranger,
});
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devenv-reach-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a folder that others can pass is fine, and so is one that is still to be made', async () => {
  expect(await firstClosedFolder(stranger, join(folder, 'to/be/made'))).toBeNull();
});

test('the outermost closed folder on the way is named', async () => {
  const home = join(folder, 'home');
  await mkdir(join(home, 'inner'), { recursive: true });
  await chmod(home, 0o700);
  expect(await firstClosedFolder(stranger, join(home, 'inner/data'))).toBe(home);
  await expect(assertReachable(contextIn(join(home, 'inner')), join(home, 'inner/data'))).rejects.toThrow(
    `only root can pass ${home}`,
  );
});

test("devenv's own folder is opened for passing, whoever made it first", async () => {
  const context = contextIn(folder);
  await mkdir(context.paths.data, { mode: 0o700 });
  await assertReachable(context, join(context.paths.data, 'environments'));
  expect((await stat(context.paths.data)).mode & 0o777).toBe(0o711);
});

test('servers that run as the same user are not checked', async () => {
  await chmod(folder, 0o700);
  expect(await firstClosedFolder(null, folder)).toBeNull();
});
