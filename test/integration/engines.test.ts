import { existsSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import type { Status } from '../../src/app/status.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { commitAll } from '../support/git.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await makeMachine();
});
afterEach(() => machine[Symbol.asyncDispose]());

const variables = (project: Project) => project.json<Record<string, string>>(['env', '--format', 'json']);

describe.each(testedRuntimes)('engines on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of other versions', () => {
    it('gives Postgres 15 and the newest Redis that can be had', async () => {
      const project = await machine.project('older', {
        'devenv.config.yaml': [
          `runtime: ${runtime}`,
          'services:',
          '  db: { engine: postgres, version: 15, database: app, user: owner, extensions: [uuid-ossp] }',
          '  cache: { engine: redis }',
          'env: { DB: "${db.url}", CACHE: "${cache.url}", USER_NAME: "${db.user}", NAME: "${db.database}" }',
        ].join('\n'),
      });
      await project.ok(['up', '--detach']);
      const { DB = '', CACHE = '', USER_NAME, NAME } = await variables(project);
      expect(await queryPostgres(DB, 'show server_version')).toMatch(/^15\./);
      expect(await queryPostgres(DB, 'select current_user')).toBe('owner');
      expect([USER_NAME, NAME]).toEqual(['owner', 'app']);
      expect(await queryPostgres(DB, 'select uuid_generate_v4()::text')).toMatch(/^[0-9a-f-]{36}$/);
      expect(await queryRedis(CACHE, ['INFO', 'server'])).toMatch(
        runtime === 'docker' ? /redis_version:8/ : /redis_version:[78]/,
      );
    });

    it.each([
      ['user', 'user: bob', 'user postgres', 'user bob'],
      ['locale', 'locale: C', runtime === 'docker' ? 'the default locale' : 'locale C.UTF-8', 'locale C'],
    ])('refuses another %s than the data was made with, and stops nothing', async (_what, setting, was, wanted) => {
      const config = (more: string) =>
        `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17", ${more} } }\nenv: { DB: "\${db.url}" }`;
      const project = await machine.project('made', { 'devenv.config.yaml': config('') });
      await project.ok(['up', '--detach']);
      const { DB = '' } = await variables(project);
      const began = await queryPostgres(DB, 'select pg_postmaster_start_time()::text');
      await project.write({ 'devenv.config.yaml': config(setting) });
      for (const argv of [['--detach'], ['--dry-run']]) {
        const { code, stderr } = await project.devenv(['up', ...argv]);
        expect(stderr).toContain(`db: its data was made with ${was}, the configuration now asks for ${wanted}`);
        expect(stderr).toContain(`To start empty with ${wanted}: devenv down --data, then devenv up.`);
        expect(code).toBe(5);
      }
      expect(await queryPostgres(DB, 'select pg_postmaster_start_time()::text')).toBe(began);
      await project.ok(['down', '--data', '--yes']);
      await project.ok(['up', '--detach']);
      const fresh = 'select current_user || $$ $$ || datcollate from pg_database where datname = current_database()';
      expect(await queryPostgres((await variables(project)).DB ?? '', fresh)).toMatch(/^bob |^postgres C$/);
    });

    it('refuses a user that its data does not have', async () => {
      const project = await machine.project('renamed', {
        'devenv.config.yaml': `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17" } }\nenv: { DB: "\${db.url}" }`,
      });
      await project.ok(['up', '--detach']);
      const { DB = '' } = await variables(project);
      await queryPostgres(DB, "create role other superuser login password 'other'");
      await queryPostgres(DB.replace(/\/\/[^@]*@/, '//other:other@'), 'alter role postgres rename to gone');
      const { code, stderr } = await project.devenv(['up', '--detach']);
      expect(stderr).toContain('db: its data has no user postgres: it was made with another');
      expect(stderr).toContain('set services.db.user back');
      expect(code).toBe(5);
    });

    it('sets passwords anew when the secret behind them was lost, and keeps the data', async () => {
      const project = await machine.project('lost', {
        'devenv.config.yaml': [
          `runtime: ${runtime}`,
          'services: { db: { engine: postgres, version: "17" }, cache: { engine: redis, version: "7" } }',
          'env: { DB: "${db.url}", CACHE: "${cache.url}" }',
        ].join('\n'),
      });
      await project.ok(['up', '--detach']);
      const before = await variables(project);
      await queryPostgres(before.DB ?? '', 'create table kept as select 1 as one');
      await queryRedis(before.CACHE ?? '', ['SET', 'kept', 'one']);
      await writeFile(join(machine.env.XDG_STATE_HOME ?? '', 'devenv-cli', 'secret'), 'another secret altogether');
      await project.ok(['up', '--detach']);
      const after = await variables(project);
      expect(after.DB).not.toBe(before.DB);
      expect(await queryPostgres(after.DB ?? '', 'select one from kept')).toBe(1);
      expect(await queryRedis(after.CACHE ?? '', ['GET', 'kept'])).toBe('one');
      await expect(queryPostgres(before.DB ?? '', 'select 1')).rejects.toThrow(/password/);
    });
  });
});

describe.skipIf(!dockerHost || !testedRuntimes.includes('docker'))('on docker alone', () => {
  it('runs a plain image in the network of the others, ready when it answers', async () => {
    const server = [
      "require('http').createServer((q, r) => { r.statusCode = q.url === '/ok' ? 200 : 503; r.end(process.env.SAID) })",
      '.listen(8025); process.on("SIGTERM", () => process.exit()); require("net").createServer(() => {}).listen(1025)',
    ].join('');
    const project = await machine.project('mail', {
      'devenv.config.json': JSON.stringify({
        runtime: 'docker',
        services: {
          db: { engine: 'postgres', version: '17' },
          mail: {
            image: 'node:20',
            command: ['node', '-e', server],
            ports: { smtp: 1025, web: 8025 },
            env: { SAID: '${db.host}:${db.port} ${mail.web.url} ${mail.web.publicUrl}' },
            ready: { http: 'web/ok' },
            needs: ['db'],
            volumes: ['box:/box'],
          },
        },
        env: { MAIL: '${mail.web.url}', SMTP: '${mail.smtp}' },
      }),
    });
    await project.ok(['up', '--detach']);
    const { MAIL = '', SMTP } = await variables(project);
    // A container has one address for the others and another for browsers.
    expect(await (await fetch(`${MAIL}/ok`)).text()).toBe(`db:5432 http://mail:8025 ${MAIL}`);
    expect(SMTP).toMatch(/^127\.0\.0\.1:\d+$/);
    const { services } = await project.json<Status>(['status', '--json']);
    expect(services.find(({ name }) => name === 'mail')).toMatchObject({
      state: 'ready',
      engine: 'container',
      version: '20',
    });
    const reached = await project.ok([
      'shell',
      'mail',
      'node',
      '-e',
      "require('net').connect(5432, 'db', () => { console.log('reached'); process.exit() })",
    ]);
    expect(reached.stdout.trim()).toBe('reached');
  });

  it.each([
    ['with a port', "ports: { web: 8025 }, command: [node, -e, 'process.exit(4)']", 'exit code 4'],
    ['whose port is probed', 'ports: { web: 8025 }, ready: { tcp: web }, command: [nosuch]', 'exit code 1'],
    ['without a port', "command: [node, -e, 'setTimeout(() => process.exit(4), 150)']", 'exit code 4'],
    ['that ends well', 'command: [node, --version]', 'exit code 0'],
  ])('does not take a plain image %s for ready that ends at once', async (_what, parts, how) => {
    const project = await machine.project('ends', {
      'devenv.config.yaml': [
        'runtime: docker',
        `services: { x: { image: "node:20", ${parts} } }`,
        'processes: { web: { command: touch begun, once: true, needs: [x] } }',
      ].join('\n'),
    });
    const { code, stdout, stderr } = await project.devenv(['up', '--detach']);
    expect(stderr).toContain(`x did not stay up: it ended with ${how}`);
    expect(stdout + stderr).not.toMatch(/x +ready/);
    expect(code).toBe(4);
    expect(existsSync(join(project.path, 'begun'))).toBe(false);
  });

  it('takes a plain image without ports for ready when it stays up, and gives it no URL', async () => {
    const project = await machine.project('portless', {
      'devenv.config.yaml': [
        'runtime: docker',
        `services: { x: { image: "node:20", command: [node, -e, "process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1000)"] } }`,
      ].join('\n'),
    });
    const { stdout, stderr } = await project.ok(['up', '--detach']);
    expect(stdout + stderr).not.toContain('tcp://');
    const { services } = await project.json<Status>(['status', '--json']);
    expect(services).toMatchObject([{ name: 'x', state: 'ready', port: null, url: null }]);
  });

  it('keeps what an image keeps, in a volume with a name', async () => {
    const project = await machine.project('plain', {
      'devenv.config.yaml': [
        'runtime: docker',
        'services: { store: { image: "redis:8", ports: { redis: 6379 }, command: [redis-server, --appendonly, "yes"] } }',
        'env: { STORE: "redis://${store.redis}" }',
      ].join('\n'),
    });
    await project.ok(['up', '--detach']);
    const { STORE = '' } = await variables(project);
    await queryRedis(STORE, ['SET', 'kept', 'yes']);
    await project.ok(['down']);
    await project.ok(['up', '--detach']);
    expect(await queryRedis(STORE, ['GET', 'kept'])).toBe('yes');
  });

  it('finds its data again when the project gets another name', async () => {
    const config = (name: string) =>
      `name: ${name}\nruntime: docker\nservices: { db: { engine: postgres, version: "17", database: app } }\nenv: { DB: "\${db.url}" }`;
    const project = await machine.project('renamed', { 'devenv.config.yaml': config('before') });
    await project.ok(['up', '--detach']);
    const { DB = '' } = await variables(project);
    await queryPostgres(DB, 'create table kept as select 1 as one');
    await project.ok(['down']);
    await project.write({ 'devenv.config.yaml': config('after') });
    await project.ok(['up', '--detach']);
    expect(await queryPostgres(DB, 'select one from kept')).toBe(1);
  });

  it('does not pour new data over a volume that it did not make', async () => {
    const project = await machine.project('foreign', {
      'devenv.config.yaml': 'runtime: docker\nservices: { db: { engine: postgres, version: "17" } }',
    });
    const { environment } = await project.json<Status>(['status', '--json']);
    const docker = new Docker({ socketPath: (dockerHost ?? '').replace('unix://', '') });
    await docker.createVolume({ Name: `devenv-${environment.id}-db` });
    const { code, stderr } = await project.devenv(['up', '--detach']);
    await project.ok(['down', '--data', '--yes']);
    await docker.getVolume(`devenv-${environment.id}-db`).remove();
    expect(code).toBe(5);
    expect(stderr).toContain(`there is a volume devenv-${environment.id}-db that devenv did not make`);
  });

  it('asks for the version of an image that does not tell', async () => {
    const project = await machine.project('versionless', {
      'devenv.config.yaml': 'runtime: docker\nservices: { db: { engine: postgres, image: "pgvector/pgvector:pg16" } }',
    });
    const { code, stderr } = await project.devenv(['up', '--detach']);
    expect(code).toBe(2);
    expect(stderr).toContain("doesn't tell which major version of postgres it holds");
  });

  it('says which image lacks an extension', async () => {
    const project = await machine.project('vector', {
      'devenv.config.yaml':
        'runtime: docker\nservices: { db: { engine: postgres, version: "17", extensions: [vector] } }',
    });
    const { code, stderr } = await project.devenv(['up', '--detach']);
    expect(code).toBe(4);
    expect(stderr).toContain("db: extension vector can't be created in postgres:17");
    expect(stderr).toContain('services.db.image');
  });
});

describe.each(testedRuntimes)('a server on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('that runs and never answers', () => {
    const config = (database: string, more: string) => ({
      'devenv.config.yaml': `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17", database: ${database}, ${more} } }`,
    });
    const deaf = 'ready: { timeout: 2 }, command: ["-c", "listen_addresses="]';
    const says = /db is not ready after 2 s: .*(refused|terminated|reset|closed)[\s\S]*services\.db\.ready\.timeout/i;

    it('is given up while its first data is made', async () => {
      const name = `deaf_${Date.now()}`;
      const project = await machine.project('deaf', config(name, deaf));
      const { code, stderr } = await project.devenv(['up', '--detach']);
      expect(stderr).toMatch(says);
      expect(code).toBe(4);
    });

    it('is given up at a later start, and its data stays', async () => {
      const project = await machine.project('deafened', config('app', 'ready: { timeout: 60 }'));
      await project.ok(['up', '--detach']);
      await project.ok(['psql', '-qc', 'create table kept as select 1 as one']);
      await project.write(config('app', deaf));
      const { code, stderr } = await project.devenv(['up', '--detach']);
      expect(stderr).toMatch(says);
      expect(code).toBe(4);
      await project.write(config('app', 'ready: { timeout: 60 }'));
      await project.ok(['up', '--detach']);
      expect((await project.ok(['psql', '-Atc', 'select one from kept'])).stdout.trim()).toBe('1');
    });

    it('is given up at once when it ends, with what it said', async () => {
      const project = await machine.project('dead', config(`dead_${Date.now()}`, 'command: ["--no_such_setting=1"]'));
      const { code, stderr } = await project.devenv(['up', '--detach']);
      expect(stderr).toMatch(/while its first data was made: .*no_such_setting/);
      expect(code).toBe(4);
    });
  });
});

describe.each(testedRuntimes)('a checkout on %s', (runtime) => {
  it.skipIf(runtime === 'docker' && !dockerHost)('that was moved is listed where it is, with all it had', async () => {
    const config = `runtime: ${runtime}\nservices: { cache: { engine: redis, version: "7" } }`;
    await machine.project('stays', {});
    const before = await machine.project('before', { 'devenv.config.yaml': config });
    await commitAll(before.path);
    await before.ok(['up', '--detach']);
    await rename(before.path, join(machine.folder, 'after'));
    const after = await machine.project('after', {});
    // It runs as it is: there is nothing to do that would make anything anew.
    expect((await after.ok(['up', '--detach'])).stderr).toContain('Nothing to do.');
    const paths = (await after.json<ListedEnvironment[]>(['ls', '--json'])).map(({ path }) => path);
    expect(paths).toContain(after.path);
    expect(paths).not.toContain(before.path);
  });
});

describe('on embedded alone', () => {
  it.each([
    ['an image', 'image: pgvector/pgvector:pg17', "can't run the image pgvector/pgvector:pg17"],
    ['an extension', 'extensions: [vector]', 'has no extension vector'],
    ['a locale', 'locale: de_DE.UTF-8', "can't promise the locale de_DE.UTF-8"],
  ])('refuses %s before anything starts', async (_what, setting, message) => {
    const project = await machine.project('refused', {
      'devenv.config.yaml': `runtime: embedded\nservices: { db: { engine: postgres, version: "17", ${setting} } }`,
    });
    const { code, stderr } = await project.devenv(['up', '--detach']);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    const all = await project.json<ListedEnvironment[]>(['ls', '--json']);
    expect(all.filter(({ path }) => path === project.path)).toEqual([]);
  });
});
