import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDiff } from '../../src/app/data/diff.ts';
import type { DataState } from '../../src/app/data/list.ts';
import type { ResetResult } from '../../src/app/data/reset.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { expectFailure } from '../support/failure.ts';
import { killedWhen } from '../support/kill.ts';
import { MIGRATE_ENV } from '../support/loaded-shop.ts';
import { machineWithOwnCache } from '../support/own-cache.ts';
import { dockerHost, type Machine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

/** Fills both, and leaves a mark that it has run. */
const MIGRATE = `
const { Client } = require('pg');
const { createClient } = require('redis');
const db = new Client({ connectionString: process.env.DATABASE_URL });
const cache = createClient({ url: process.env.REDIS_URL });
(async () => {
  await Promise.all([db.connect(), cache.connect()]);
  await cache.set('user:1', 'Ada');
  await cache.set('session:1', 'x', { EX: 3600 });
  if (process.env.FAIL) return void (console.log('it fails'), (process.exitCode = 1));
  await db.query('create table users as select generate_series(1, 100) as id');
  console.log('migrated');
})().finally(() => Promise.all([db.end(), cache.close()]));
`;

describe.each(testedRuntimes)('data in Postgres and Redis on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of an environment', () => {
    let machine: Machine;
    let shop: Project;

    beforeAll(async () => {
      machine = await machineWithOwnCache({ ...MIGRATE_ENV, DVE_BASELINES_MAX: '10GB' });
      shop = await checkout('shop');
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const checkout = (folder: string) =>
      machine.project(folder, {
        'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services: { db: { engine: postgres, version: "17" }, cache: { engine: redis } }
env: { DATABASE_URL: "\${db.url}", REDIS_URL: "\${cache.url}" }
data: { migrate: { run: node migrate.js, files: [migrate.js] } }
`,
        'migrate.js': MIGRATE,
      });
    const known = new Map<Project, Promise<{ DATABASE_URL: string; REDIS_URL: string }>>();
    const urls = (project = shop) => {
      const found = known.get(project) ?? project.json(['env', '--format', 'json']);
      known.set(project, found);
      return found;
    };
    const redis = async (...command: readonly string[]) => queryRedis((await urls()).REDIS_URL, command);
    const users = async () => queryPostgres((await urls()).DATABASE_URL, 'select count(*)::int from users');
    const remove = async (count: number) =>
      queryPostgres((await urls()).DATABASE_URL, `delete from users where id > ${count}`);
    const copies = async () =>
      (await shop.json<DataState>(['data', '--json'])).redis.flatMap((one) => one.copies.map(({ kind }) => kind));
    const spares = () =>
      until('two spares wait', async () => (await copies()).filter((kind) => kind === 'spare').length === 2);

    it('is loaded together, and both are empty again where that fails', async () => {
      expectFailure(await shop.devenv(['up', '--detach'], { env: { ...shop.env, FAIL: '1' } }), {
        code: 4,
        says: ['it fails', 'is empty again'],
      });
      expect(await redis('DBSIZE')).toBe(0);
      const { stderr } = await shop.ok(['up', '--detach']);
      expect(stderr).toMatch(/migrate: migrated/);
      expect(await redis('DBSIZE')).toBe(2);
    });

    it('is in another checkout from the start', async () => {
      const other = await checkout('other');
      const { stderr } = await other.ok(['up', '--detach']);
      expect(stderr).not.toMatch(/migrated/);
      const { REDIS_URL } = await urls(other);
      expect(await queryRedis(REDIS_URL, ['GET', 'user:1'])).toBe('Ada');
      await queryRedis(REDIS_URL, ['FLUSHALL']);
      await other.ok(['up', '--detach']);
      await other.ok(['snapshot', 'save', 'without']);
      expect(await queryRedis(REDIS_URL, ['DBSIZE'])).toBe(0);
      await other.ok(['reset']);
      expect(await queryRedis(REDIS_URL, ['GET', 'user:1'])).toBe('Ada');
      await other.ok(['snapshot', 'restore', 'without']);
      expect(await queryRedis(REDIS_URL, ['DBSIZE'])).toBe(0);
      await other.ok(['down', '--data', '--yes']);
    });

    it('is reset, undone and redone together, and kept under names', async () => {
      await shop.ok(['data', 'tidy']);
      await spares();
      await redis('SET', 'user:1', 'Grace');
      await remove(5);
      const reset = await shop.json<ResetResult>(['reset', '--json']);
      expect(reset).toMatchObject({ spare: true, redis: [{ service: 'cache', how: 'swapped' }] });
      expect([await users(), await redis('GET', 'user:1')]).toEqual([100, 'Ada']);
      expect(Number(await redis('TTL', 'session:1'))).toBeGreaterThan(3_000);
      expect((await shop.ok(['undo'])).stdout).toMatch(
        /^db: in shop and cache \(swapped\) the reset is taken back\.$/m,
      );
      expect([await users(), await redis('GET', 'user:1')]).toEqual([5, 'Grace']);
      await shop.ok(['snapshot', 'save', 'five']);
      expect((await shop.ok(['snapshot', 'diff', 'five'])).stdout).toMatch(/nothing differs/);
      await shop.ok(['redo']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([100, 'Ada']);
      await redis('SADD', 'tags', 'b', 'a');
      await redis('DEL', 'session:1');
      expect((await shop.ok(['snapshot', 'diff', 'five'])).stdout).toMatch(
        /^cache, database 0: keys: 1 new \(tags\), 1 gone \(session:1\), 1 with other contents \(user:1\)$/m,
      );
      await shop.ok(['snapshot', 'save', 'tagged']);
      await redis('DEL', 'tags');
      await redis('SADD', 'tags', 'a', 'b');
      const same = await shop.json<DataDiff>(['snapshot', 'diff', 'tagged', '--json']);
      expect(same).toMatchObject({ tables: [], keys: [{ service: 'cache', databases: [], why: null }] });
      const between = await shop.json<DataDiff>(['snapshot', 'diff', 'tagged', 'five', '--json']);
      expect(between.keys[0]?.databases).toMatchObject([{ database: 0, added: 1, removed: 1, changed: 1 }]);
      await shop.ok(['snapshot', 'rm', 'tagged']);
      const { stdout } = await shop.ok(['snapshot', 'restore', 'five']);
      expect(stdout).toMatch(/^db: shop and cache \(loaded, then swapped\) is as in five/m);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([5, 'Grace']);
      expect((await shop.ok(['data'])).stdout).toMatch(/^cache: 2 keys\n[\s\S]*^snapshot +five +2 keys/m);
      await shop.ok(['snapshot', 'rm', 'five']);
      expect(await copies()).not.toContain('snapshot');
      await shop.ok(['undo']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([100, 'Ada']);
    });

    it('is on one side after a reset that was killed between the two swaps', async () => {
      await shop.ok(['data', 'tidy']);
      await remove(7);
      await redis('SET', 'user:1', 'Joan');
      await redis('CLIENT', 'PAUSE', '600000', 'WRITE');
      try {
        await killedWhen('Postgres is reset', async () => (await users().catch(() => 0)) === 100, shop, ['reset']);
      } finally {
        await redis('CLIENT', 'UNPAUSE');
      }
      expect(await redis('GET', 'user:1')).toBe('Joan');
      expect((await shop.json<DataState>(['data', '--json'])).redis).toMatchObject([{ keys: 2, lags: true }]);
      expect((await shop.ok(['status'])).stdout).toMatch(
        /db: a command was cut off before cache followed the database/,
      );
      expect((await shop.ok(['up', '--dry-run'])).stdout).toMatch(/mend-data db +a command was cut off before cache/);
      // Somebody goes on with what is there.
      await redis('SET', 'mine', '1');
      const said = await shop.ok(['up', '--detach']);
      expect(`${said.stdout}${said.stderr}`).toMatch(
        /cache: a command was cut off .* what was there goes with devenv undo/,
      );
      expect([await users(), await redis('GET', 'user:1'), await redis('GET', 'mine')]).toEqual([100, 'Ada', null]);
      expect((await shop.ok(['up', '--detach'])).stderr).toMatch(/Nothing to do/);
      expect((await shop.ok(['status'])).stdout).not.toMatch(/cut off/);
      expectFailure(await shop.devenv(['snapshot', 'diff', 'none']), { code: 2, says: ['no snapshot none'] });
      expect((await shop.json<DataState>(['data', '--json'])).redis).toMatchObject([{ keys: 2, lags: false }]);
      await shop.ok(['undo']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([7, 'Joan']);
      expect(await redis('GET', 'mine')).toBe('1');
      await redis('DEL', 'mine');
    });

    it('is taken back after a seed, and after one that failed', async () => {
      await redis('SET', 'user:1', 'before');
      const script = (rest: string) => `
import { createClient } from 'redis';
export default async ({ query, env }: any) => {
  const cache = createClient({ url: env.REDIS_URL });
  await cache.connect();
  await cache.set('user:1', 'seeded');
  cache.destroy();
  await query('insert into users values (500)');
  ${rest}
};`;
      await shop.write({ 'good.ts': script(''), 'bad.ts': script("throw new Error('it is bad');") });
      expect((await shop.devenv(['seed', 'bad.ts'])).code).not.toBe(0);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([7, 'before']);
      await shop.ok(['seed', 'good.ts']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([8, 'seeded']);
      await shop.ok(['undo']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([7, 'before']);
    });

    it('stays within reach where nothing leads back to the life that keys are of', async () => {
      await shop.ok(['seed', 'good.ts']);
      await redis('SET', 'user:1', 'since');
      const aside = Object.assign(new URL((await urls()).DATABASE_URL), { pathname: '/postgres' }).href;
      const inServer = async (sql: string) => String(await queryPostgres(aside, sql));
      // As a command leaves it that was killed while it took a seed back.
      const undo = await inServer(
        "select max(datname) from pg_catalog.pg_database where datname like 'devenv\\_shop\\_undo\\_%'",
      );
      const life = await inServer(
        `select split_part(one, '=', 2) from pg_catalog.pg_db_role_setting s, unnest(setconfig) one
          where one like 'devenv.generation=%' and setdatabase = (select oid from pg_database where datname = '${undo}')`,
      );
      await inServer(`alter database shop set devenv.generation = '${life}'`);
      await inServer(`drop database "${undo}"`);
      const { stdout, stderr } = await shop.ok(['up', '--detach']);
      expect(`${stdout}${stderr}`).toMatch(/cache: a command was cut off .* what was there goes with devenv undo/);
      expect(await redis('GET', 'user:1')).toBe('before');
      await shop.ok(['data', 'tidy']);
      expect((await shop.ok(['undo'])).stdout).toMatch(/the mend is taken back/);
      expect(await redis('GET', 'user:1')).toBe('since');
      await shop.ok(['redo']);
      await remove(7);
    });

    it('is refused in a server of another environment, and left out where it is not wanted', async () => {
      const { REDIS_URL } = await urls();
      const marks = Object.assign(new URL(REDIS_URL), { pathname: '/63' }).href;
      const mark = String(await queryRedis(marks, ['HGET', 'devenv', 'environment']));
      await queryRedis(marks, ['HSET', 'devenv', 'environment', 'another']);
      expectFailure(await shop.devenv(['reset']), { code: 5, says: ['cache belongs to another environment, another'] });
      expect(await users()).toBe(7);
      await queryRedis(marks, ['HSET', 'devenv', 'environment', mark]);
      await shop.ok(['reset', '--set', 'data.redis=false']);
      expect([await users(), await redis('GET', 'user:1')]).toEqual([100, 'Ada']);
    });

    it('is loaded anew together where the migration has changed', async () => {
      const changed = ['--set', 'data.migrate.run="node migrate.js again"'];
      const anew = await shop.json<ResetResult>(['reset', '--json', ...changed]);
      expect(anew).toMatchObject({ anew: true, redis: [{ service: 'cache', how: 'anew' }] });
      expect([await users(), await redis('GET', 'user:1')]).toEqual([100, 'Ada']);
    });
  });
});
