import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import {
  canStartPrivateEngine,
  ensureImages,
  findEngine,
  restartPrivateEngine,
  startPrivateEngine,
} from '../engine/index.ts';

const possible = canStartPrivateEngine();
const another = await findEngine();

/** Nothing but the repository: an empty home, no state, no cache of ours, an engine that has never run anything. */
it.skipIf(!possible.ok || another)(
  'a clone, npm ci and npx devenv demo give a working app that survives a restart of the engine',
  async () => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'dve-rebuild-')));
    const engine = await startPrivateEngine({ empty: true });
    try {
      // No registry is needed in the tests: what would be pulled is built from Debian's packages.
      await ensureImages(engine.host, ['postgres:17', 'redis:8']);
      const home = join(folder, 'home');
      await mkdir(home);
      const env = {
        PATH: process.env.PATH ?? '',
        HOME: home,
        XDG_STATE_HOME: join(home, 'state'),
        XDG_DATA_HOME: join(home, 'data'),
        XDG_CACHE_HOME: join(home, 'cache'),
        XDG_RUNTIME_DIR: home,
        DOCKER_HOST: engine.host,
      };
      const run = (cwd: string, file: string, ...args: string[]) => execa(file, args, { cwd, env, extendEnv: false });
      const clone = join(folder, 'clone');
      const demo = join(folder, 'demo');
      await run(folder, 'git', 'clone', '--quiet', join(import.meta.dirname, '..', '..'), clone);
      await run(clone, 'npm', 'ci');
      await run(clone, 'npx', 'devenv', 'demo', demo, '--detach', '--timeout', '3m');
      try {
        const { services, processes } = JSON.parse(
          (await run(demo, 'npx', 'devenv', 'status', '--json')).stdout,
        ) as Status;
        expect(services.map(({ state }) => state)).toEqual(['ready', 'ready']);
        const url = processes.find(({ name }) => name === 'web')?.url;
        const health = await (await fetch(`${url}/health`)).json();
        expect(health).toMatchObject({
          ok: true,
          postgres: expect.stringMatching(/^17\./),
          redis: expect.stringMatching(/^8\./),
        });
        expect(await (await fetch(`${url}/api/products`)).json()).not.toHaveLength(0);

        await run(demo, 'npx', 'devenv', 'psql', '-c', "create table kept as select 'through a restart' as word");
        await restartPrivateEngine({ empty: true });
        await run(demo, 'npx', 'devenv', 'up', '--detach');
        const { stdout } = await run(demo, 'npx', 'devenv', 'psql', '-Atc', 'select word from kept');
        expect(stdout).toBe('through a restart');
        expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ ok: true });
      } finally {
        await run(demo, 'npx', 'devenv', 'down', '--data', '--yes');
      }
    } finally {
      await engine.stop();
      await rm(engine.dataRoot, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    }
  },
);
