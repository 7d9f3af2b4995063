import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataState } from '../../src/app/data/list.ts';
import type { ResetResult } from '../../src/app/data/reset.ts';
import { queryPostgres, queryRedis } from '../support/clients.ts';
import { expectFailure } from '../support/failure.ts';
import { killedWhen } from '../support/kill.ts';
import { MIGRATE_ENV } from '../support/loaded-shop.ts';
import { machineWithOwnCache } from '../support/own-cache.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, dockerHost, type Machine, type Project, testedRuntimes } from '../support/project.ts';
import { hasTmux, openScreen } from '../support/screen.ts';
import { until } from '../support/until.ts';

/** Makes one event of each user of the other database. */
const MIGRATE = `
const { Client } = require('pg');
const users = new Client({ connectionString: process.env.DATABASE_URL });
const events = new Client({ connectionString: process.env.EVENTS_URL });
(async () => {
  await Promise.all([users.connect(), events.connect()]);
  const { rows } = await users.query('select id from users');
  await events.query('create table events (id int primary key)');
  await events.query('insert into events select unnest($1::int[])', [rows.map(({ id }) => id)]);
  console.log('migrated');
})().finally(() => Promise.all([users.end(), events.end()]));
`;

const USERS = 'create table users as select generate_series(1, 100) as id;';
const COUNT_USERS = 'select count(*)::int from users';
const KEYS = "tables: {}\nredis: { seen: { key: 'seen:{events.id}', string: 'yes' } }\n";

describe.each(testedRuntimes)('data of two databases on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of an environment', () => {
    let machine: Machine;
    let shop: Project;

    beforeAll(async () => {
      machine = await machineWithOwnCache({ ...MIGRATE_ENV, LANG: 'C.UTF-8', DVE_BASELINES_MAX: '10GB' });
      shop = await checkout('shop');
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const checkout = (folder: string) =>
      machine.project(folder, {
        'devenv.config.yaml': `
name: shop
runtime: ${runtime}
services:
  events: { engine: postgres, version: "17", database: events, command: [-c, max_prepared_transactions=2] }
  db: { engine: postgres, version: "17" }
  cache: { engine: redis }
env: { DATABASE_URL: "\${db.url}", EVENTS_URL: "\${events.url}", REDIS_URL: "\${cache.url}" }
data:
  - { service: db, seed: [users.sql] }
  - { service: events, migrate: { run: node migrate.js, files: [migrate.js] }, seed: [keys.yaml], spares: 1 }
`,
        'users.sql': USERS,
        'migrate.js': MIGRATE,
        'keys.yaml': KEYS,
      });
    const known = new Map<Project, Promise<{ DATABASE_URL: string; EVENTS_URL: string; REDIS_URL: string }>>();
    const urls = (project = shop) => {
      const found = known.get(project) ?? project.json(['env', '--format', 'json']);
      known.set(project, found);
      return found;
    };
    /** Users, events and keys. */
    const counts = async (project = shop) => {
      const { DATABASE_URL, EVENTS_URL, REDIS_URL } = await urls(project);
      return Promise.all([
        queryPostgres(DATABASE_URL, COUNT_USERS),
        queryPostgres(EVENTS_URL, 'select count(*)::int from events'),
        queryRedis(REDIS_URL, ['DBSIZE']),
      ]);
    };
    const users = async () => queryPostgres((await urls()).DATABASE_URL, COUNT_USERS);
    const keepUsers = async (count: number) =>
      queryPostgres((await urls()).DATABASE_URL, `delete from users where id > ${count}`);
    const keepEvents = async (count: number) =>
      queryPostgres((await urls()).EVENTS_URL, `delete from events where id > ${count}`);

    it('is loaded in the order of the list, one reading the other, and is there in another checkout', async () => {
      const { stdout, stderr } = await shop.ok(['up', '--detach']);
      expect(stdout + stderr).toMatch(/^events +migrate: migrated$/m);
      expect(await counts()).toEqual([100, 100, 100]);

      const other = await checkout('other');
      await other.write({ 'users.sql': USERS.replace('100', '50') });
      const plan = (await other.ok(['up', '--dry-run'])).stdout;
      expect(plan).toMatch(/^load-data events +baseline [0-9a-f]{8} is to be made its own$/m);
      expect(plan).toMatch(/^load-data db +its database may be empty$/m);
      expect((await other.ok(['up', '--detach'])).stderr).not.toMatch(/migrated/);
      // Each has its own: the events are those of before.
      expect(await counts(other)).toEqual([50, 100, 100]);
      await other.ok(['down', '--data', '--yes']);
    });

    it('is reset, undone and redone together, or one alone', async () => {
      await shop.ok(['data', 'tidy']);
      await Promise.all([keepUsers(5), keepEvents(7)]);
      const { stdout } = await shop.ok(['reset']);
      expect(stdout).toMatch(/^db: shop was reset in .*\nevents: events and cache \(swapped\) were reset in .*$/m);
      expect(await counts()).toEqual([100, 100, 100]);
      expect((await shop.ok(['undo'])).stdout).toMatch(
        /^db: in shop the reset is taken back\.\nevents: in events and cache \(swapped\) the reset is taken back\.$/m,
      );
      expect(await counts()).toEqual([5, 7, 100]);
      await shop.ok(['redo']);
      expect(await counts()).toEqual([100, 100, 100]);
      await shop.ok(['undo']);

      const alone = await shop.json<ResetResult>(['reset', '--service', 'events', '--json']);
      expect(alone).toMatchObject({ service: 'events', redis: [{ service: 'cache' }] });
      expect(await counts()).toEqual([5, 100, 100]);
      // The last action was on one only, the one before it on both.
      await shop.ok(['undo']);
      expect(await counts()).toEqual([5, 7, 100]);
      const all = await shop.json<readonly ResetResult[]>(['reset', '--json']);
      expect(all.map(({ service }) => service)).toEqual(['db', 'events']);
      await shop.ok(['undo', '--service', 'db']);
      expect(await counts()).toEqual([5, 100, 100]);
      expectFailure(await shop.devenv(['reset', '--service', 'evnts']), { code: 2, says: ['no Postgres evnts', 'db'] });
    });

    it('is reset as far as that goes: one that fails is told, with what became of the other', async () => {
      await Promise.all([keepUsers(4), keepEvents(6)]);
      await shop.write({ 'users.sql': `${USERS} insert into nothing values (1);` });
      expectFailure(await shop.devenv(['reset']), {
        code: 4,
        says: ['db: users.sql:1: relation "nothing"', 'The data is as it was before.', 'All the same reset: events.'],
      });
      expect(await counts()).toEqual([4, 100, 100]);
      await shop.write({ 'users.sql': USERS });
      await shop.ok(['reset', '--service', 'db']);
      expect(await counts()).toEqual([100, 100, 100]);
    });

    it('is each as before or as asked after a reset that was killed between the two', async () => {
      await shop.ok(['data', 'tidy']);
      // Those that resets have begun would wait with the environment's lock.
      const isOwn = (variables: readonly string[]) => variables.includes(`HOME=${machine.env.HOME}`);
      const tidying = async () =>
        (await processesWith(BIN)).some(({ command, variables }) => isOwn(variables) && / data tidy /.test(command));
      await until('nobody tidies up any more', async () => !(await tidying()));
      await Promise.all([keepUsers(8), keepEvents(8)]);
      const url = Object.assign(new URL((await urls()).EVENTS_URL), { pathname: '/postgres' }).href;
      const server = new pg.Client({ connectionString: url });
      server.on('error', () => {});
      await server.connect();
      const waits =
        "select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and query like 'alter database %'";
      // Elsewhere: in a transaction this view stays as it is.
      const isWaiting = async () => (await queryPostgres(url, waits)) !== 0;
      await server.query('begin; lock table pg_catalog.pg_database in share mode');
      const isBetween = async () => (await users().catch(() => 0)) === 100 && (await isWaiting());
      await killedWhen('the second swap waits', isBetween, shop, ['reset']);
      await server.query('commit');
      await until('nobody is in the server any more', async () => !(await isWaiting()));
      await server.end();
      expect(await counts()).toEqual([100, 8, 100]);
      // The last action was on one of them only.
      expect((await shop.ok(['undo'])).stdout).toMatch(/^db: in shop the reset is taken back\.$/);
      expect(await counts()).toEqual([8, 8, 100]);
      await shop.ok(['reset']);
      expect(await counts()).toEqual([100, 100, 100]);
    });

    it('is refused of one that can not be moved or copied now: the other is reset, and of neither a snapshot kept', async () => {
      const events = new pg.Client({ connectionString: (await urls()).EVENTS_URL });
      events.on('error', () => {});
      await events.connect();
      await events.query("begin; insert into events values (500); prepare transaction 'half'");
      await keepUsers(9);
      expectFailure(await shop.devenv(['snapshot', 'save', 'half']), {
        code: 5,
        says: ["events can't be copied: the prepared transaction half"],
      });
      const kept = await shop.json<readonly DataState[]>(['snapshot', '--json']);
      expect(kept.map(({ copies }) => copies.length)).toEqual([0, 0]);
      expectFailure(await shop.devenv(['reset']), {
        code: 5,
        says: ["events: events can't be moved aside", "rollback prepared 'half'", 'All the same reset: db.'],
      });
      expect(await counts()).toEqual([100, 100, 100]);
      await events.query("rollback prepared 'half'");
      await events.end();
    });

    it('is of no database a snapshot where saving was killed before the last was copied', async () => {
      const server = new pg.Client({
        connectionString: Object.assign(new URL((await urls()).EVENTS_URL), { pathname: '/postgres' }).href,
      });
      server.on('error', () => {});
      await server.connect();
      const waits = async () =>
        (await server.query("select from pg_locks where not granted and relation = 'pg_db_role_setting'::regclass"))
          .rowCount !== 0;
      await server.query('begin; lock table pg_catalog.pg_db_role_setting in share mode');
      await killedWhen('the second copy waits', waits, shop, ['snapshot', 'save', 'cut']);
      await server.query('commit');
      await until('nobody waits any more', async () => !(await waits()));
      await server.end();
      const found = await shop.json<readonly DataState[]>(['snapshot', '--json']);
      expect(found.map(({ copies }) => copies.length)).toEqual([0, 0]);
      await shop.ok(['snapshot', 'save', 'cut']);
      await shop.ok(['snapshot', 'rm', 'cut']);
    });

    it('is shown, and changed alone where it is named, while another does not run', async () => {
      await shop.ok(['stop', 'events']);
      for (const verb of [['reset'], ['undo'], ['seed', '--rows', '1'], ['snapshot', 'save', 'part']]) {
        expectFailure(await shop.devenv(verb), {
          code: 4,
          says: ['events is not running', 'nothing was changed', '--service db is about db alone'],
        });
      }
      expect((await shop.ok(['data'])).stdout).toMatch(/^baseline[\s\S]*^events: events is not running/m);
      const shown = await shop.json<readonly DataState[]>(['snapshot', '--json']);
      expect(shown.map(({ why }) => why === null)).toEqual([true, false]);
      await keepUsers(2);
      await shop.ok(['reset', '--service', 'db']);
      expect(await users()).toBe(100);
      await shop.ok(['up', '--detach']);
      await shop.ok(['data', 'tidy']);
    });

    it('is kept under one name, all or none, and gone back to', async () => {
      await Promise.all([keepUsers(3), keepEvents(3)]);
      expect((await shop.ok(['snapshot', 'save', 'three'])).stdout).toMatch(
        /^db: shop is kept as three\.\nevents: events is kept as three\.$/m,
      );
      expectFailure(await shop.devenv(['snapshot', 'diff', 'three']), {
        code: 2,
        says: ['which of db, events is it about?', '--service events'],
      });
      await Promise.all([keepUsers(1), keepEvents(2)]);
      expect((await shop.ok(['snapshot', 'diff', 'three', '--service', 'events'])).stdout).toMatch(/events +3 +2/);
      await shop.ok(['snapshot', 'save', 'one', '--service', 'db']);
      expect((await shop.ok(['snapshot'])).stdout).toMatch(
        /^db: shop\nsnapshot +three .*\nsnapshot +one .*\n\nevents: events\nsnapshot +three /m,
      );
      expectFailure(await shop.devenv(['snapshot', 'save', 'one']), { code: 5, says: ['a snapshot one of shop'] });
      await shop.ok(['snapshot', 'restore', 'three']);
      expect(await counts()).toEqual([3, 3, 100]);
      const { stdout, stderr } = await shop.ok(['snapshot', 'restore', 'one']);
      expect(stdout).toMatch(/^db: shop is as in one/m);
      expect(stderr).toContain('events: events has no snapshot one, and stays as it is');
      expect(await counts()).toEqual([1, 3, 100]);
      await shop.ok(['undo']);
      expect(await counts()).toEqual([3, 3, 100]);
      expectFailure(await shop.devenv(['snapshot', 'restore', 'ten']), {
        code: 2,
        says: ['no snapshot ten of shop or events', 'three, one'],
      });
      await shop.ok(['snapshot', 'rm', 'three']);
      const left = await shop.json<readonly DataState[]>(['snapshot', '--json']);
      expect(left.map(({ service, copies }) => [service, copies.map(({ label }) => label)])).toEqual([
        ['db', ['one']],
        ['events', []],
      ]);
    });

    it('is seeded where each has what the configuration says, and taken back together', async () => {
      await shop.write({ 'more.sql': 'insert into users values (1000);' });
      expectFailure(await shop.devenv(['seed', 'more.sql']), { code: 2, says: ['which of db, events'] });
      await shop.ok(['seed', 'more.sql', '--service', 'db']);
      expect(await counts()).toEqual([4, 3, 100]);
      await shop.ok(['seed', '--rows', '10']);
      expect(await counts()).toEqual([14, 13, 100]);
      await shop.ok(['undo']);
      expect(await counts()).toEqual([4, 3, 100]);
      // A file that writes keys of the other one's.
      await shop.write({ 'board.yaml': "tables: {}\nredis: { board: { key: board, string: 'x' } }\n" });
      const { stderr } = await shop.ok(['seed', 'board.yaml', '--service', 'db']);
      expect(stderr).toContain('cache: its keys go back with events, not with db; redis: [cache] in the data of db');
      expect(await counts()).toEqual([4, 3, 101]);
    });

    it.skipIf(!hasTmux)('is on the screen, with the keys of its Redis, and reset there as it is asked', async () => {
      await using screen = await openScreen(shop);
      await screen.devenv('attach');
      await screen.shows(/3\/3 ready/);
      await screen.type('5');
      await screen.shows(/│cache +101 keys of events; kept: baseline 100, /);
      await screen.type('G');
      await screen.shows(/│enter +devenv reset --service events$/m);
      await screen.type('R');
      await screen.shows(/^Reset db, events\?\n.*o only events/m);
      await screen.type('a');
      await screen.shows(/^\$ devenv reset {2}done {2}events: events and cache .* were reset/m);
      expect(await counts()).toEqual([100, 100, 100]);
      await screen.type('qd');
      expect(await screen.ended()).toBe(0);
    });
  });
});
