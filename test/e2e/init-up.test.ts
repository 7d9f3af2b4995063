import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { dockerHost, type Machine, testedRuntimes } from '../support/project.ts';
import { type App, copySample, initAndUp, makeSampleMachine, PNPM } from '../support/samples.ts';
import { until } from '../support/until.ts';

const HERE = import.meta.dirname;

describe.each(testedRuntimes)('what init wrote runs on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('as it is', () => {
    let machine: Machine;
    beforeAll(async () => {
      // What the projects' lock files ask for, which a machine need not have.
      machine = await makeSampleMachine(['bun@1', 'yarn@1']);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    /** The sample project, with its dependencies and what init made of it, running. */
    async function run(sample: string, install: readonly string[] = []): Promise<App> {
      return initAndUp(await copySample(machine, sample, runtime, install), runtime);
    }

    it('a Procfile with a migration, a web server and a worker on Postgres', async () => {
      const { ask } = await run('procfile');
      const found = { database: 'ledger', postgres: true };
      expect(JSON.parse(await ask('web'))).toEqual({ now: found, migrated: found });
    });

    it('npm workspaces that know each other, on Redis', async () => {
      const { ask } = await run('workspaces');
      expect(await ask('api')).toBe(':1');
      expect(await ask('site')).toBe('visits :2');
    });

    it('Node without any dependency', async () => {
      const { ask } = await run('plain-node');
      expect(await ask('web')).toBe('tick');
    });

    it('Express with Postgres 15, a script that migrates, and a worker on Redis', async () => {
      const { ask } = await run('express-pg', ['npm', 'install']);
      expect(await ask('web', '/orders')).toBe('{"made":0}');
      await ask('web', '/orders', 'POST');
      await until('the worker has made an order', async () => (await ask('web', '/orders')) === '{"made":1}');
    });

    it('Koa with knex and its migrations, by yarn', async () => {
      const { ask, project } = await run('knex', ['yarn', 'install']);
      expect(await ask('web')).toBe('{"visits":"1"}');
      // Its port is fixed, and wanted on the other runtime too.
      await project.ok(['down']);
    });

    it('Fastify in TypeScript with drizzle and its migrations, by bun', async () => {
      const { ask } = await run('fastify-drizzle', ['bun', 'install']);
      await ask('web', '/notes', 'POST');
      expect(JSON.parse(await ask('web', '/notes'))).toEqual([{ id: 1, text: 'Water the plants' }]);
    });

    it('the template for an API', async () => {
      const api = await machine.project(`api-${runtime}`, {});
      const { stderr } = await api.ok(['init', '--template', 'api']);
      expect(stderr).toContain(`as the project api-${runtime}`);
      // What npm install would bring.
      await symlink(join(HERE, '..', '..', 'node_modules'), join(api.path, 'node_modules'));
      await api.ok(['up', '--detach', '--runtime', runtime]);
      const { processes } = await api.json<Status>(['status', '--json']);
      const url = `${processes.find(({ name }) => name === 'web')?.url}/tasks`;
      const body = JSON.stringify({ title: 'Water the plants' });
      expect((await fetch(url, { method: 'POST', body })).status).toBe(201);
      expect(await (await fetch(url)).json()).toMatchObject([{ id: 1, title: 'Water the plants', done: false }]);
      expect((await fetch(url, { method: 'POST', body: '{' })).status).toBe(400);
      const { stdout } = await api.ok(['run', '--', 'npm', 'test']);
      expect(stdout).toMatch(/pass 3[\s\S]*skipped 0/);
    });
  });
});

// On one of them: compiling takes most of its time, wherever its services run.
describe.skipIf(!testedRuntimes.includes('embedded'))('what init wrote runs on embedded alone', () => {
  let machine: Machine;
  let app: App;
  beforeAll(async () => {
    machine = await makeSampleMachine([PNPM]);
    const install = ['pnpm', 'install', '--no-frozen-lockfile'];
    app = await initAndUp(await copySample(machine, 'pnpm-monorepo', 'embedded', install), 'embedded');
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  it('pnpm workspaces with Nest, TypeORM and its migrations, a worker on BullMQ, and pages by Vite', async () => {
    const { ask, project } = app;
    expect(await ask('api', '/v1/members/ada', 'POST')).toBe('{"id":1}');
    const greeted = '[{"name":"ada","greeted":true}]';
    await until('the worker has greeted', async () => (await ask('api', '/v1/members')) === greeted);
    const { stdout } = await project.ok(['open', 'api', '--print']);
    expect(await ask('web', '/main.js')).toContain(`"VITE_API_URL": "${stdout.trim()}/v1"`);
    await until('it imports what the other workspace builds', async () =>
      (await ask('web', '/main.js')).includes('packages/ui/dist/index.js'),
    );
  });
});
