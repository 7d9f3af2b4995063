import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { startPodman } from '../support/podman.ts';
import { BIN, type Machine, makeMachine, type Project } from '../support/project.ts';

/** What is different from Docker. Where Podman can't run this is skipped, which `test/run.mjs` takes for no failure. */
describe('with Podman', () => {
  let podman: Awaited<ReturnType<typeof startPodman>>;
  let machine: Machine;

  beforeAll(async () => {
    podman = await startPodman(['redis:7', 'postgres:17']);
    if (typeof podman === 'string') return;
    const XDG_CACHE_HOME = join(podman.folder, 'cache');
    machine = await makeMachine({ DOCKER_HOST: podman.host, XDG_CACHE_HOME });
  });
  beforeEach(({ skip }) => {
    if (typeof podman === 'string') skip(podman);
  });
  afterAll(async () => {
    if (typeof podman === 'string') return;
    await machine?.[Symbol.asyncDispose]();
    await podman[Symbol.asyncDispose]();
  });

  const variable = async (project: Project, name: string) =>
    (await project.json<Record<string, string>>(['env', '--format', 'json']))[name] ?? '';

  it('has the engines of production, and keeps their data', async () => {
    const shop = await machine.project('shop', {
      'devenv.config.yaml': `
name: shop
runtime: docker
services:
  db: { engine: postgres, version: "17" }
  cache: { engine: redis, version: "7" }
env: { DATABASE_URL: "\${db.url}", REDIS_URL: "\${cache.url}" }
`,
    });
    expect((await shop.ok(['up', '--detach'])).stderr).toContain('Podman');
    const [database, redis] = [await variable(shop, 'DATABASE_URL'), await variable(shop, 'REDIS_URL')];
    await queryPostgres(database, "create table kept as select 'still here' as word");
    await queryRedis(redis, ['SET', 'kept', 'still here']);
    await shop.ok(['down']);
    await shop.ok(['up', '--detach']);
    expect(await queryPostgres(database, 'select word from kept')).toBe('still here');
    expect(await queryRedis(redis, ['GET', 'kept'])).toBe('still here');
    expect((await shop.ok(['up', '--detach'])).stderr).toContain('Nothing to do.');
    await shop.ok(['down', '--data', '--yes']);
  });

  it('deletes the data of one environment, with the volumes that it named, and of no other', async () => {
    const config = (name: string, more: string) => ({
      'devenv.config.yaml': `
name: ${name}
runtime: docker
services:
  cache: { engine: redis, version: "7" }
  ${more}
env: { REDIS_URL: "\${cache.url}" }
`,
    });
    const kept = await machine.project('kept', config('kept', 'two: { engine: redis, version: "7" }'));
    const gone = await machine.project('gone', config('gone', 'files: { image: "redis:7", volumes: ["own:/own"] }'));
    await kept.ok(['up', '--detach']);
    await queryRedis(await variable(kept, 'REDIS_URL'), ['SET', 'kept', 'still here']);
    await kept.ok(['down']);
    await gone.ok(['up', '--detach']);
    await gone.ok(['down', '--data', '--yes']);
    const left = await kept.json<readonly ListedEnvironment[]>(['ls', '--json']);
    expect(left.map(({ project }) => project)).toEqual(['kept']);
    await kept.ok(['up', '--detach']);
    expect(await queryRedis(await variable(kept, 'REDIS_URL'), ['GET', 'kept'])).toBe('still here');
    await kept.ok(['down', '--data', '--yes']);
    expect(await kept.json(['ls', '--json'])).toEqual([]);
  });

  it('stops following a container that says nothing', async () => {
    const quiet = await machine.project('quiet', {
      'devenv.config.yaml': `
name: quiet
runtime: docker
services:
  cache: { engine: redis, version: "7" }
  silent: { image: "redis:7", command: [sleep, "1000"] }
`,
    });
    await quiet.ok(['up', '--detach']);
    const logs = execa(process.execPath, [BIN, 'logs', '-f'], { cwd: quiet.path, env: quiet.env, reject: false });
    await once(logs.stdout, 'data');
    logs.kill('SIGTERM');
    expect((await logs).exitCode).toBe(143);
    await quiet.ok(['down', '--data', '--yes']);
  });
});
