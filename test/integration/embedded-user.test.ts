import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { userForServers } from '../../src/runtimes/embedded/server-user.ts';
import { SHARED_CACHE } from '../unit/runtimes/embedded/world.ts';

/** As root this runs as `nobody`; otherwise as whoever runs the tests. */
test('a user who is not root gets Postgres and Redis, downloads included', { timeout: 180_000 }, async () => {
  const user = process.getuid?.() === 0 ? userForServers() : null;
  const folder = await mkdtemp(join(tmpdir(), 'devenv-user-'));
  try {
    await chmod(folder, 0o755);
    const cache = `${SHARED_CACHE}-user`;
    const home = join(folder, 'home');
    for (const path of [cache, home]) {
      await mkdir(path, { recursive: true });
      if (user) await chown(path, user.uid, user.gid);
    }
    const script = join(folder, 'scenario.mjs');
    await bundle(script);
    const env = { PATH: process.env.PATH, HOME: home, DEVENV_TEST_EMBEDDED_CACHE: cache };
    const { stdout } = await execa(process.execPath, [script], { cwd: folder, env, extendEnv: false, ...user });
    expect(JSON.parse(stdout)).toEqual({
      uid: user?.uid ?? process.getuid?.(),
      rows: [{ one: 1 }],
      states: expect.arrayContaining(['db starting', 'cache starting']),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** That user may not be able to read this checkout. */
async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('../unit/runtimes/embedded/user-scenario.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['pg-native'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
}
