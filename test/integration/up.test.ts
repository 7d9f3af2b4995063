import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src/app/ls.ts';
import type { Status } from '../../src/app/status.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { testEngine } from '../support/engine-objects.ts';
import { freePort } from '../support/ports.ts';
import { dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';

/** The same tests on both runtimes: the verbs and their results don't depend on where services run. */
describe.each(testedRuntimes)('devenv on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('with the engines of production', () => {
    let machine: Machine;
    let shop: Project;

    const config = (port: number) => `
name: shop
runtime: ${runtime}
services:
  db: { engine: postgres, version: "17", extensions: [pgcrypto, citext] }
  cache: { engine: redis, version: "7" }
processes:
  once: { command: node once.js, once: true, needs: [db] }
  web: { command: node web.js, port: ${port}, ready: { http: /health }, needs: [db, cache, once] }
env:
  DATABASE_URL: \${db.url}
  REDIS_URL: \${cache.url}
  PUBLIC_URL: \${web.url}
`;
    let yaml: string;
    const FILES = {
      'once.js': "require('fs').appendFileSync('once.txt', 'ran\\n')",
      'web.js': `require('http').createServer((request, response) => response.end(JSON.stringify(process.env)))
        .listen(process.env.PORT, '127.0.0.1', () => console.log('web listens on ' + process.env.PORT))`,
    };

    beforeAll(async () => {
      machine = await makeMachine();
      yaml = config(await freePort());
      shop = await machine.project('shop', { ...FILES, 'devenv.config.yaml': yaml });
      await shop.ok(['up', '--detach']);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const status = () => shop.json<Status>(['status', '--json']);
    const variables = () => shop.json<Record<string, string>>(['env', '--format', 'json']);

    it('has everything ready, in the documented shape, passwords masked', async () => {
      const { environment, services, processes } = await status();
      expect(environment).toEqual({
        id: expect.stringMatching(/^[a-z2-7]{10}$/),
        kind: 'dev',
        project: 'shop',
        branch: null,
        path: shop.path,
        runtime,
      });
      expect(services.map(({ name, engine, version, state }) => [name, engine, version, state])).toEqual([
        ['db', 'postgres', '17', 'ready'],
        ['cache', 'redis', '7', 'ready'],
      ]);
      expect(services[0]).toMatchObject({ host: '127.0.0.1', port: expect.any(Number) });
      expect(services[0]?.url).toBe(`postgres://postgres:****@127.0.0.1:${services[0]?.port}/shop`);
      expect(processes.map(({ name, state }) => [name, state])).toEqual([
        ['once', 'done'],
        ['web', 'ready'],
      ]);
      expect(processes[1]?.pid).toBeGreaterThan(0);
    });

    it('gives the processes working variables', async () => {
      const env = await variables();
      expect(await queryPostgres(env.DATABASE_URL ?? '', 'show server_version')).toMatch(/^17\./);
      expect(await queryPostgres(env.DATABASE_URL ?? '', "select 'A'::citext = 'a'::citext as same")).toBe(true);
      expect(await queryRedis(env.REDIS_URL ?? '', ['PING'])).toBe('PONG');
      const seen = (await (await fetch(`${env.PUBLIC_URL}/health`)).json()) as Record<string, string>;
      expect(seen.DATABASE_URL).toBe(env.DATABASE_URL);
      expect(`http://127.0.0.1:${seen.PORT}`).toBe(env.PUBLIC_URL);
    });

    it('does nothing the second time', async () => {
      const { stderr } = await shop.ok(['up', '--detach', '--verbose']);
      expect(stderr).toContain('Nothing to do.');
      expect(await readFile(join(shop.path, 'once.txt'), 'utf8')).toBe('ran\n');
    });

    it('keeps data, ports and passwords over down and up', async () => {
      const before = await variables();
      await queryPostgres(before.DATABASE_URL ?? '', "create table kept as select 'still here' as word");
      await queryRedis(before.REDIS_URL ?? '', ['SET', 'kept', 'still here']);
      await shop.ok(['down']);
      expect((await status()).services.map(({ state }) => state)).toEqual(['missing', 'missing']);
      await shop.ok(['up', '--detach']);
      expect(await variables()).toEqual(before);
      expect(await queryPostgres(before.DATABASE_URL ?? '', 'select word from kept')).toBe('still here');
      expect(await queryRedis(before.REDIS_URL ?? '', ['GET', 'kept'])).toBe('still here');
    });

    it('changes only what differs, says why, and keeps the data', async () => {
      await shop.write({ 'devenv.config.yaml': yaml.replace('env:\n', 'env:\n  GREETING: hello\n') });
      const { stdout } = await shop.ok(['up', '--dry-run']);
      expect(stdout).toMatch(/start-process web +\$GREETING is new/);
      expect(stdout).not.toContain('service');
      await shop.ok(['up', '--detach']);
      const env = await variables();
      expect(((await (await fetch(env.PUBLIC_URL ?? '')).json()) as Record<string, string>).GREETING).toBe('hello');
    });

    it('says why a port that is changed in the configuration changes nothing', async () => {
      const before = await variables();
      const port = await freePort();
      await shop.write({
        'devenv.config.yaml': yaml.replace('redis, version: "7"', `redis, version: "7", port: ${port}`),
      });
      const { stderr } = await shop.ok(['up', '--detach', '--verbose']);
      await shop.write({ 'devenv.config.yaml': yaml });
      const kept = new URL(before.REDIS_URL ?? '').port;
      expect(stderr).toContain(`cache keeps port ${kept}, the configuration now asks for ${port}`);
      expect(stderr).toContain('devenv up --new-ports changes it.');
      expect((await shop.ok(['up', '--detach'])).stderr).not.toContain('keeps port');
    });

    it('takes a port that is changed in the configuration when told to, and leaves the others', async () => {
      const before = await variables();
      const port = await freePort();
      const changed = yaml.replace('redis, version: "7"', `redis, version: "7", port: ${port}`);
      await shop.write({ 'devenv.config.yaml': changed });
      const kept = new URL(before.REDIS_URL ?? '').port;
      expect((await shop.ok(['up', '--dry-run', '--new-ports'])).stderr).toContain(
        `cache would give its port ${kept} back for another one`,
      );
      const { stderr } = await shop.ok(['up', '--detach', '--new-ports', '--verbose']);
      expect(stderr).toContain(`port ${kept} → ${port}`);
      const after = await variables();
      expect(new URL(after.REDIS_URL ?? '').port).toBe(String(port));
      expect({ ...after, REDIS_URL: '' }).toEqual({ ...before, REDIS_URL: '' });
      expect((await shop.ok(['up', '--detach', '--new-ports'])).stderr).toContain('All ports are kept');
      await shop.write({ 'devenv.config.yaml': yaml });
      await shop.ok(['up', '--detach']);
    });

    it('refuses another major version on old data, with the way forward', async () => {
      await shop.write({ 'devenv.config.yaml': yaml.replace('"17"', '"15"') });
      const { code, stderr } = await shop.devenv(['up', '--detach']);
      const restarted = await shop.devenv(['restart', 'db']);
      const { services } = await shop.json<Status>(['status', '--json']);
      await shop.write({ 'devenv.config.yaml': yaml });
      expect(services[0]).toMatchObject({ name: 'db', version: '17', state: 'ready' });
      expect([code, restarted.code]).toEqual([5, 5]);
      expect(restarted.stderr).toContain('db: its data was written by postgres 17');
      expect(stderr).toContain('db: its data was written by postgres 17, the configuration now asks for postgres 15');
      expect(stderr).toContain('devenv down --data, then devenv up. That deletes the data of cache as well.');
    });

    it.skipIf(!dockerHost)('does not come up elsewhere as long as it runs here, and says so', async () => {
      const elsewhere = runtime === 'docker' ? 'embedded' : 'docker';
      for (const argv of [['--detach'], ['--dry-run']]) {
        const { code, stderr } = await shop.devenv(['up', '--runtime', elsewhere, ...argv]);
        expect(stderr).toContain(`this environment runs on ${runtime} (cache, db), not on ${elsewhere}`);
        expect(stderr).toContain('devenv down ends it there');
        expect(code).toBe(5);
      }
    });

    it('lists it, with sizes when asked', async () => {
      const all = await shop.json<ListedEnvironment[]>(['ls', '--json', '--sizes']);
      const mine = all.find(({ path }) => path === shop.path);
      expect(mine).toMatchObject({
        project: 'shop',
        kind: 'dev',
        runtime,
        created: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      expect(mine?.memoryBytes).toBeGreaterThan(1_000_000);
      expect(mine?.diskBytes).toBeGreaterThan(1_000_000);
    });

    it('lists whether it runs', async () => {
      const state = async () => {
        const all = await shop.json<ListedEnvironment[]>(['ls', '--json']);
        return all.find(({ path }) => path === shop.path)?.state;
      };
      expect(await state()).toBe('running');
      await shop.ok(['stop']);
      expect(await state()).toBe('stopped');
      await shop.ok(['start', 'cache']);
      expect(await state()).toBe('partly');
      await shop.ok(['start']);
      expect(await state()).toBe('running');
    });

    it('shows logs of services and processes, filtered', async () => {
      expect((await shop.ok(['logs', 'web'])).stdout).toContain('web listens on');
      expect((await shop.ok(['logs', 'db', '--grep', 'ready to accept'])).stdout).toMatch(
        /database system is ready to accept connections/,
      );
      expect((await shop.ok(['logs', '--since', '2999-01-01T00:00:00Z'])).stdout).toBe('');
    });

    it('runs a command with the variables and passes its exit code on', async () => {
      const script = 'process.stdout.write(process.env.REDIS_URL); process.exit(7)';
      const { code, stdout } = await shop.devenv(['run', '--', 'node', '-e', script]);
      expect(code).toBe(7);
      expect(stdout).toBe((await variables()).REDIS_URL);
    });

    it('opens the clients of the engines', async () => {
      expect((await shop.ok(['psql', '-Atc', 'select 6 * 7'])).stdout.trim()).toBe('42');
      expect((await shop.ok(['redis', 'PING'])).stdout.trim()).toBe('PONG');
    });

    it('opens psql on another database, and runs a command beside a service', async () => {
      const current = ['-Atc', 'select current_database(), current_user'];
      expect((await shop.ok(['psql', ...current])).stdout.trim()).toBe('shop|postgres');
      const other = await shop.ok(['psql', 'template1', ...current]);
      expect(other.stdout.trim()).toBe('template1|postgres');
      expect(other.stderr).toBe('');
      for (const dashes of [[], ['--']]) {
        expect((await shop.ok(['shell', 'db', ...dashes, 'echo', 'hi', '--', 'you'])).stdout).toBe('hi -- you');
      }
    });

    it('opens a shell from which the client finds the server', async () => {
      const argv = ['shell', 'db', 'psql', '-Atc', 'select current_database(), current_user'];
      expect((await shop.ok(argv)).stdout.trim()).toBe('shop|postgres');
      const { stdout } = await shop.ok(['shell', 'cache', 'sh', '-c', 'echo "$REDISCLI_AUTH $REDIS_URL"']);
      const url = (await variables()).REDIS_URL ?? '';
      // In a container the addresses of the host lead nowhere.
      expect(stdout.trim()).toBe(`${new URL(url).password} ${runtime === 'docker' ? '' : url}`.trim());
    });

    it('restarts a service and a process by name', async () => {
      const before = (await status()).processes[1]?.pid;
      await shop.ok(['restart', 'web', 'cache']);
      const after = await status();
      expect(after.processes[1]?.pid).not.toBe(before);
      expect([...after.services, ...after.processes].every(({ state }) => state === 'ready' || state === 'done')).toBe(
        true,
      );
    });

    it('shows what was asked to stop as stopped, and starts it again', async () => {
      await shop.ok(['stop', 'web', 'cache']);
      const { services, processes } = await status();
      expect([...services, ...processes].map(({ name, state }) => [name, state])).toEqual([
        ['db', 'ready'],
        ['cache', 'stopped'],
        ['once', 'done'],
        ['web', 'stopped'],
      ]);
      await shop.ok(['up', '--detach']);
      expect((await status()).processes[1]?.state).toBe('ready');
    });

    it('restarts nothing that would wait for what does not run', async () => {
      await shop.ok(['down']);
      const web = await shop.devenv(['restart', 'web']);
      expect(web.code).toBe(4);
      expect(web.stderr).toContain('web: it needs db and cache and once, which do not run\n  devenv up web starts it');
      const db = await shop.devenv(['restart', 'db']);
      expect(db.code).toBe(4);
      expect(db.stderr).toContain('db: it was not started, so there is nothing to restart\n  devenv up db starts it.');
      expect((await status()).processes.map(({ state }) => state)).toEqual(['missing', 'missing']);
      await shop.ok(['up', '--detach']);
    });

    // A plain process has no such state.
    const onDocker = runtime === 'docker' ? it : null;
    onDocker?.('wakes a container that was paused, and ends one', async () => {
      const { environment } = await status();
      const label = [`devenv.environment=${environment.id}`, 'devenv.service=db'];
      const pause = async () => {
        const [found] = await testEngine().listContainers({ filters: { label } });
        await testEngine()
          .getContainer(found?.Id ?? '')
          .pause();
      };
      await pause();
      expect((await status()).services[0]).toMatchObject({ name: 'db', state: 'starting' });
      const { stderr } = await shop.ok(['up', '--detach']);
      expect(stderr).toMatch(/^db +starting: it is paused$/m);
      expect((await status()).services[0]?.state).toBe('ready');
      await pause();
      await shop.ok(['down']);
      await shop.ok(['up', '--detach']);
    });

    it('deletes data only when that is confirmed', async () => {
      const refused = await shop.devenv(['down', '--data']);
      expect(refused.code).toBe(5);
      expect(refused.stderr).toContain('--yes');
      await shop.ok(['up', '--detach']);
      const { DATABASE_URL = '' } = await variables();
      expect(await queryPostgres(DATABASE_URL, 'select word from kept')).toBe('still here');
      await shop.ok(['down', '--data', '--yes']);
      await shop.ok(['up', '--detach']);
      const fresh = (await variables()).DATABASE_URL ?? '';
      expect(await queryPostgres(fresh, "select to_regclass('kept')")).toBeNull();
    });
  });
});
