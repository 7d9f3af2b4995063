import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createContext } from '../../../../src/runtimes/embedded/context.ts';
import { runFolder } from '../../../../src/runtimes/embedded/server/run-folder.ts';

/** As root, servers run as somebody else and get a folder apart. */
const suffix = process.getuid?.() === 0 ? '-servers' : '';
const own = `/tmp/devenv-cli-${userInfo().uid}${suffix}`;
const inFolder = (folder: string) => createContext({ offline: true, env: { XDG_RUNTIME_DIR: folder } });

test("sockets are in the user's runtime folder, unless its name is too long for a socket", async () => {
  expect(await runFolder(inFolder('/tmp'), 'env', 'db')).toBe(`/tmp/devenv-cli${suffix}/env-db`);
  expect(await runFolder(inFolder(`/tmp/${'x'.repeat(80)}`), 'env', 'db')).toBe(`${own}/env-db`);
});

test('a long name of a service is shortened', async () => {
  const name = await runFolder(inFolder('/tmp'), 'environment', 'a-service-with-quite-a-long-name');
  expect(name).toMatch(/^\/tmp\/devenv-cli(-servers)?\/[0-9a-f]{16}$/);
});

test.runIf(process.getuid?.() === 0)("root's own runtime folder is closed to the servers' user", async () => {
  const closed = await mkdtemp(join(tmpdir(), 'devenv-run-'));
  await chmod(closed, 0o700);
  try {
    expect(await runFolder(inFolder(closed), 'env', 'db')).toBe(`${own}/env-db`);
  } finally {
    await rm(closed, { recursive: true, force: true });
  }
});
