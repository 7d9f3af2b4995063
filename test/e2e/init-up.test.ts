import { execFileSync } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../src/app/status.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

const HERE = import.meta.dirname;
const FIXTURES = join(HERE, '..', 'fixtures', 'init');
/** Debian's, for which it has Django and Celery too. */
const PYTHON = '/usr/bin/python3';

const hasDjango = ((): boolean => {
  try {
    execFileSync(PYTHON, ['-c', 'import django, psycopg2, celery, redis'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.each(testedRuntimes)('what init wrote runs on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('as it is', () => {
    let machine: Machine;
    beforeAll(async () => {
      machine = await makeMachine();
      const tools = join(machine.folder, 'tools');
      await mkdir(join(tools, 'bin'), { recursive: true });
      // yarn leaves folders there when it is ended.
      const temporary = join(machine.folder, 'tmp');
      await mkdir(temporary);
      // What the projects' lock files ask for, which a machine need not have.
      await execa('npm', ['install', '--prefix', tools, '--no-save', 'bun@1', 'yarn@1']);
      await symlink(PYTHON, join(tools, 'bin', 'python'));
      Object.assign(machine.env, {
        TMPDIR: temporary,
        PATH: [join(tools, 'bin'), join(tools, 'node_modules', '.bin'), '/usr/bin', machine.env.PATH].join(':'),
      });
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    interface App {
      readonly project: Project;
      /** What a process answers. */
      ask(name: string, path?: string, method?: string): Promise<string>;
    }

    /** The sample project, with its dependencies and what init made of it, running. */
    async function run(fixture: string, install: readonly string[] = []): Promise<App> {
      const project = await machine.project(`${fixture}-${runtime}`, {});
      await cp(join(FIXTURES, fixture), project.path, { recursive: true });
      const [command, ...args] = install;
      if (command) await execa(command, args, { cwd: project.path, env: machine.env, extendEnv: false });
      await project.ok(['init']);
      return start(project);
    }

    async function start(project: Project): Promise<App> {
      await project.ok(['up', '--detach', '--runtime', runtime]);
      const { processes } = await project.json<Status>(['status', '--json']);
      expect(processes.map(({ state }) => state)).not.toContain('failed');
      return {
        project,
        async ask(name, path = '', method = 'GET') {
          const url = processes.find((process) => process.name === name)?.url ?? `http://no-${name}`;
          return (await fetch(`${url}${path}`, { method })).text();
        },
      };
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

    it.skipIf(!hasDjango)('Django with its migrations, and a Celery worker', async () => {
      const project = await machine.project(`django-${runtime}`, {});
      await cp(join(FIXTURES, 'django'), project.path, { recursive: true });
      const { stderr } = await project.ok(['init']);
      expect(stderr).toContain('Without a value, for .env: SECRET_KEY');
      await writeFile(join(project.path, '.env'), 'SECRET_KEY=of-the-tests\n');
      const { ask } = await start(project);
      expect(await ask('web', '/products?add=hose')).toBe('{"products": ["hose"]}');
      await until('the worker has named it', async () => (await ask('web', '/products')).includes('A garden hose'));
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
