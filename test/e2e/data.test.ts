import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DataState } from '../../src/app/data/list.ts';
import type { ResetResult } from '../../src/app/data/reset.ts';
import { expectFailure } from '../support/failure.ts';
import { type LoadedShop, loadedShop, MIGRATE, MIGRATE_ENV, MIGRATION, SEED } from '../support/loaded-shop.ts';
import { processesWith } from '../support/processes.ts';
import { BIN, dockerHost, type Machine, makeMachine, type Project, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

it('is not tidied up where nothing is, and leaves no trace of that', async () => {
  await using machine = await makeMachine();
  const shop = await machine.project('shop', { 'devenv.config.yaml': 'services: { db: { engine: postgres } }\n' });
  expectFailure(await shop.devenv(['data', 'tidy']), { code: 4, says: ['nothing of this environment is there'] });
  await expect(readdir(join(machine.folder, 'state', 'devenv-cli', 'environments'))).rejects.toThrow('ENOENT');
});

describe.each(testedRuntimes)('data on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of an environment', () => {
    let machine: Machine;
    let shop: Project;
    let url: LoadedShop['url'];
    let query: LoadedShop['query'];
    let users: LoadedShop['users'];

    beforeEach(async () => {
      machine = await makeMachine(MIGRATE_ENV);
      ({ shop, url, query, users } = await loadedShop(machine, { runtime, version: '17' }));
    });
    afterEach(() => machine[Symbol.asyncDispose]());

    const kinds = async () => (await shop.json<DataState>(['data', '--json'])).copies.map(({ kind }) => kind);

    it('is migrated and seeded before what needs it, once, and reset, undone and redone', async () => {
      const plan = (await shop.ok(['up', '--dry-run'])).stdout;
      expect(plan).toMatch(/^load-data db +its database may be empty$/m);
      const { stderr } = await shop.ok(['up', '--detach']);
      expect(stderr).toMatch(/^db +migrate: migrated$/m);
      expect(await users()).toBe(100);
      expect((await shop.ok(['up', '--detach', '--verbose'])).stderr).toMatch(
        /kept: migrations and seeds are as they were[\s\S]*^Nothing to do\.$/m,
      );

      const address = await url();
      await query('delete from users where id > 3');
      expect(await shop.json<ResetResult>(['reset', '--json'])).toMatchObject({ database: 'shop', anew: false });
      expect(await users()).toBe(100);
      expect(await url()).toBe(address);
      await until('two spares wait', async () => (await kinds()).filter((kind) => kind === 'spare').length === 2);
      await query('delete from users where id > 5');
      expect(await shop.json<ResetResult>(['reset', '--json'])).toMatchObject({ spare: true });
      await shop.ok(['undo']);
      expect(await users()).toBe(5);
      await shop.ok(['undo']);
      expect(await users()).toBe(3);
      await shop.ok(['redo']);
      expect(await users()).toBe(5);
      await shop.ok(['redo']);
      expect(await users()).toBe(100);
      expectFailure(await shop.devenv(['redo']), { code: 5, says: ['nothing to redo in shop'] });

      await shop.ok(['down']);
      expectFailure(await shop.devenv(['reset']), {
        code: 4,
        says: [/db (is not running|has no container)/, 'devenv up'],
      });
      await shop.ok(['up', '--detach']);
      expect(await users()).toBe(100);
    });

    it('is kept under names, and goes back to them', async () => {
      await shop.ok(['up', '--detach']);
      await query('delete from users where id > 20');
      await shop.ok(['snapshot', 'save', 'twenty']);
      await query('delete from users');
      const { stdout } = await shop.ok(['snapshot', 'restore', 'twenty']);
      expect(stdout).toMatch(/^db: shop is as in twenty; devenv undo takes that back\.$/m);
      expect(await users()).toBe(20);
      expect((await shop.ok(['undo'])).stdout).toMatch(/the restore is taken back/);
      expect(await users()).toBe(0);
      await shop.ok(['data', 'tidy']);
      expect((await shop.ok(['snapshot'])).stdout).toMatch(/^snapshot +twenty +[\d.]+ MB +\d{4}-\d\d-\d\d/m);
      expectFailure(await shop.devenv(['snapshot', 'save', 'twenty']), { code: 5, says: ['is a snapshot twenty'] });
      expectFailure(await shop.devenv(['snapshot', 'restore', 'ten']), {
        code: 2,
        says: ['no snapshot ten', 'twenty'],
      });
      expectFailure(await shop.devenv(['snapshot', 'save', "a'b"]), { code: 2, says: ['"a\'b" is no name'] });
      await shop.ok(['snapshot', 'rm', 'twenty']);
      expect((await shop.ok(['snapshot'])).stdout).toMatch(/no copies of shop/);
    });

    it('is loaded anew by a reset when its definition changed, and stays as it was when that fails', async () => {
      await shop.ok(['up', '--detach']);
      await query('delete from users where id > 7');
      await shop.write({ 'migrations/1.sql': `${MIGRATION} alter table users add email text;` });
      expect((await shop.ok(['up', '--detach', '--verbose'])).stderr).toContain('kept: migrations/1.sql changed since');
      expect(await users()).toBe(7);
      const { stderr } = await shop.ok(['reset']);
      expect(stderr).toContain('migrations or seeds have changed since this data was loaded: it is loaded anew');
      expect(await query('select count(*)::int from users where email is null')).toBe(100);

      await query('delete from users where id > 9');
      await shop.write({ 'seed.sql': `${SEED}\ninsert into users values (1, null);` });
      expectFailure(await shop.devenv(['reset']), {
        code: 4,
        says: ['seed.sql: null value in column "name"', 'The data is as it was before.'],
      });
      expect(await users()).toBe(9);
      const unknown = ['reset', '--set', 'services.db.extensions=["no-such"]'];
      expectFailure(await shop.devenv(unknown), { code: 4, says: ['extension no-such'] });
      expect(await users()).toBe(9);
      await shop.write({ 'seed.sql': 'insert into users\nvalues (1, );' });
      expectFailure(await shop.devenv(['reset']), { code: 4, says: ['seed.sql:2: syntax error'] });
      expect(await users()).toBe(9);
    });

    it('is empty again after a migration that failed, and loaded by the next up', async () => {
      await shop.write({ 'migrations/1.sql': `${MIGRATION} insert into nothing values (1);` });
      expectFailure(await shop.devenv(['up', '--detach']), {
        code: 4,
        says: ['data.migrate: "node migrate.js" exited with 1', 'relation "nothing" does not exist', 'is empty again'],
      });
      expect(await query("select count(*)::int from pg_class where relname = 'users'")).toBe(0);
      await shop.write({ 'migrations/1.sql': MIGRATION });
      await shop.ok(['up', '--detach']);
      expect(await users()).toBe(100);
    });

    it('is begun anew where loading was cut off', async () => {
      await shop.write({
        'migrate.js': `${MIGRATE}\nrequire('node:fs').writeFileSync('begun', ''); setTimeout(() => {}, 1e6);`,
      });
      const up = shop.devenv(['up', '--detach']);
      const begun = () =>
        readFile(join(shop.path, 'begun'), 'utf8').then(
          () => true,
          () => false,
        );
      await until('the migration runs', begun);
      const own = (variables: readonly string[]) => variables.includes(`HOME=${join(machine.folder, 'home')}`);
      const found = (await processesWith(BIN)).find(
        ({ command, variables }) => own(variables) && / up --/.test(command),
      );
      process.kill(found?.pid ?? 0, 'SIGKILL');
      await up;
      await shop.write({ 'migrate.js': MIGRATE });
      await shop.ok(['up', '--detach']);
      expect(await users()).toBe(100);
    });

    it('takes connections again after a copy of it was cut off', async () => {
      await shop.ok(['up', '--detach']);
      await query('alter database shop allow_connections false', 'postgres');
      await expect(users()).rejects.toThrow('not currently accepting connections');
      await shop.ok(['up', '--detach']);
      expect(await users()).toBe(100);
    });

    it('is reset by a spare after an ORM has dropped it and made it anew', async () => {
      await shop.ok(['up', '--detach']);
      await query('drop database shop with (force)', 'postgres');
      await query('create database shop', 'postgres');
      await shop.ok(['data', 'tidy']);
      expect(await shop.json<ResetResult>(['reset', '--json'])).toMatchObject({ anew: false, spare: true });
      expect(await users()).toBe(100);
    });

    it('comes back after somebody has dropped it, and what needs it says so', async () => {
      await shop.ok(['up', '--detach']);
      await shop.ok(['snapshot', 'save', 'hundred']);
      const drop = () => query('drop database shop with (force)', 'postgres');
      await drop();
      for (const args of [
        ['snapshot', 'save', 'x'],
        ['snapshot', 'diff', 'hundred'],
        ['seed', '--rows', '5'],
      ]) {
        expectFailure(await shop.devenv(args), {
          code: 4,
          says: ['there is no database shop any more', 'devenv reset'],
        });
      }
      expect((await shop.ok(['snapshot', 'ls'])).stdout).toContain('hundred');
      expect((await shop.ok(['reset'])).stderr).toContain('somebody has dropped shop: an empty one took its place');
      expect(await users()).toBe(100);
      await query('delete from users where id > 7');
      await shop.ok(['reset']);
      await drop();
      await shop.ok(['undo']);
      expect(await users()).toBe(7);
      await drop();
      await shop.ok(['snapshot', 'restore', 'hundred']);
      expect(await users()).toBe(100);
    });

    it('stays where a seed file is gone, which only what would run it minds', async () => {
      await shop.ok(['up', '--detach']);
      await rm(join(shop.path, 'seed.sql'));
      expect((await shop.ok(['up', '--detach'])).stderr).toMatch(/seed\.sql .*since; devenv reset loads it anew/);
      expect(await users()).toBe(100);
      expectFailure(await shop.devenv(['reset']), { code: 2, says: ['data.seed: there is no seed.sql'] });
      expect(await users()).toBe(100);
      await shop.write({ 'seed.sql': SEED });
      await shop.ok(['reset']);
    });

    it('stays as it is where devenv has not loaded it', async () => {
      await shop.ok(['up', '--detach', '--set', 'data=null']);
      await query('create table own as select 1 as id');
      expect((await shop.ok(['up', '--detach', '--verbose'])).stderr).toContain(
        'kept: its data is not of this configuration, and stays as it is',
      );
      expect(await query('select count(*)::int from own')).toBe(1);
    });

    it('is not loaded with a variable that leads to another database, unless that is declared', async () => {
      await shop.write({ '.env': 'DIRECT_URL=postgres://me:hunter2@db.example.com/shop\n' });
      expectFailure(await shop.devenv(['up', '--detach']), {
        code: 5,
        says: ['DIRECT_URL (.env:1) leads to db.example.com:5432', 'data.allow: [DIRECT_URL]'],
        hides: ['hunter2'],
      });
      await shop.ok(['up', '--detach', '--set', 'data.allow=["DIRECT_URL"]']);
      expect(await users()).toBe(100);
    });
  });
});
