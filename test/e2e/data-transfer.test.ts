import { appendFile, copyFile, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataDiff } from '../../src/app/data/diff.ts';
import { expectFailure } from '../support/failure.ts';
import { killedWhen } from '../support/kill.ts';
import { type LoadedShop, loadedShop, MIGRATE_ENV } from '../support/loaded-shop.ts';
import { BIN, dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

/** Where there is no container, pg_dump is the one of the machine: Debian's own major. */
const VERSIONS = { docker: '17', embedded: '15' } as const;

describe.each(testedRuntimes)('snapshots on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of an environment', () => {
    let machine: Machine;
    let own: LoadedShop;

    beforeAll(async () => {
      machine = await makeMachine(MIGRATE_ENV);
      own = await loadedShop(machine, { runtime, version: VERSIONS[runtime] });
      await own.shop.ok(['up', '--detach']);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    const databases = () => own.query('select count(*)::int from pg_database', 'postgres');
    const runs = async (query: string) =>
      (await own.query(
        `select exists (select from pg_stat_activity
                         where application_name like 'devenv pg\\_%' and query ilike '${query}')`,
        'postgres',
      )) === true;

    it('are compared with what is live, and with each other, table by table', async () => {
      await own.query('create table gone as select 1 as a');
      await own.query(
        `create table "Odd Name" as select i, now() - i * interval '1 day' as at, i / 3::float8 as x
           from generate_series(1, 50) i`,
      );
      await own.shop.ok(['snapshot', 'save', 'one']);
      expect((await own.shop.ok(['snapshot', 'diff', 'one'])).stdout).toBe(
        'db: between one of shop and what is live nothing differs.',
      );
      // The same rows in another order, written as another client would see them.
      await own.query('create table copy as select * from "Odd Name" order by i desc');
      await own.query('truncate "Odd Name"');
      await own.query('insert into "Odd Name" select * from copy');
      await own.query('drop table copy');
      await own.query("alter database shop set timezone = 'Asia/Tokyo'");
      await own.query('alter database shop set extra_float_digits = 0');
      expect((await own.shop.json<DataDiff>(['snapshot', 'diff', 'one', '--json'])).tables).toEqual([]);

      await own.query('update "Odd Name" set x = 0 where i = 7');
      await own.query('delete from users where id > 90');
      await own.query('drop table gone');
      await own.query('create table fresh as select 1 as a');
      await own.shop.ok(['snapshot', 'save', 'two']);
      const changes = [
        { table: 'public."Odd Name"', change: 'contents', before: 50, after: 50 },
        { table: 'public.fresh', change: 'added', before: null, after: 1 },
        { table: 'public.gone', change: 'removed', before: 1, after: null },
        { table: 'public.users', change: 'rows', before: 100, after: 90 },
      ];
      const found = await own.shop.json<DataDiff>(['snapshot', 'diff', 'one', 'two', '--json']);
      expect(found).toMatchObject({ before: 'one', after: 'two', tables: changes });
      expect((await own.shop.json<DataDiff>(['snapshot', 'diff', 'one', '--json'])).tables).toEqual(changes);
      expect((await own.shop.ok(['snapshot', 'diff', 'one'])).stdout).toMatch(/^public\.users +100 +90$/m);
      expect(
        await own.query(
          "select bool_or(datallowconn) from pg_database where datname like 'devenv\\_shop\\_snapshot\\_%'",
          'postgres',
        ),
      ).toBe(false);
      expectFailure(await own.shop.devenv(['snapshot', 'diff', 'none']), { code: 2, says: ['no snapshot none'] });
    });

    it('go into a file and come back from it', async () => {
      await own.query('create role reader');
      await own.query('grant select on users to reader');
      await own.query('create table mine (at citext)');
      await own.query('alter table mine owner to reader');
      await own.shop.ok(['snapshot', 'save', 'three']);
      const { stdout } = await own.shop.ok(['snapshot', 'export', 'three', 'three.snapshot']);
      expect(stdout).toMatch(/^db: three of shop is in \/\S+\/three\.snapshot, [\d.]+ kB\.$/);
      expectFailure(await own.shop.devenv(['snapshot', 'import', 'three.snapshot']), {
        code: 5,
        says: ['there is a snapshot three of shop already'],
      });
      await own.shop.ok(['snapshot', 'import', 'three.snapshot', 'again']);
      expect((await own.shop.ok(['snapshot', 'diff', 'three', 'again'])).stdout).toMatch(/nothing differs/);

      await own.query('delete from users');
      const restored = await own.shop.ok(['snapshot', 'import', 'three.snapshot', 'third', '--restore']);
      expect(restored.stdout).toMatch(
        /three\.snapshot is the snapshot third, and live; devenv undo takes that back\.$/,
      );
      expect(await own.users()).toBe(90);
      expect(await own.query("select tableowner from pg_tables where tablename = 'mine'")).toBe('reader');
      expect(await own.query("select has_table_privilege('reader', 'users', 'select')")).toBe(true);
      expect((await own.shop.ok(['up', '--detach', '--verbose'])).stderr).toContain(
        'kept: migrations and seeds are as they were',
      );
      await own.shop.ok(['undo']);
      expect(await own.users()).toBe(0);
      await own.shop.ok(['snapshot', 'export', 'live.snapshot']);
      expectFailure(await own.shop.devenv(['snapshot', 'export', 'live.snapshot']), {
        code: 5,
        says: ['live.snapshot is there already'],
      });
    });

    it('from a file that is cut off, damaged or foreign are refused, and nothing is changed', async () => {
      const before = await databases();
      const file = (name: string) => join(own.shop.path, name);
      await copyFile(file('three.snapshot'), file('cut'));
      await truncate(file('cut'), 2_000);
      await copyFile(file('three.snapshot'), file('longer'));
      await appendFile(file('longer'), 'x');
      for (const [name, says] of [
        ['cut', 'cut is cut off'],
        ['longer', 'longer is cut off'],
        ['seed.sql', 'seed.sql is no snapshot that devenv wrote'],
      ] as const) {
        expectFailure(await own.shop.devenv(['snapshot', 'import', name, 'x']), {
          code: 5,
          says: [says, 'Nothing was changed.'],
        });
      }
      expect(await databases()).toBe(before);
    });

    it('leave no file and no database where devenv is killed, and the data as it was', async () => {
      await own.query('insert into users values (1, $$last$$)');
      const lock = await own.hold('lock table users in access exclusive mode', 'shop');
      await killedWhen('pg_dump waits', () => runs('lock table%'), own.shop, ['snapshot', 'export', 'killed.snapshot']);
      await lock.release();
      expect(await readdir(own.shop.path)).not.toContain('killed.snapshot');
      await own.query(
        `create materialized view slow as
           select case when current_database() = 'shop' then '' else pg_sleep(600)::text end as waited`,
      );
      await own.shop.ok(['snapshot', 'export', 'killed.snapshot']);
      expect((await readdir(own.shop.path)).filter((name) => name.includes('draft'))).toEqual([]);

      const before = await databases();
      const args = ['snapshot', 'import', 'killed.snapshot', 'killed'];
      await killedWhen('pg_restore fills', () => runs('refresh materialized view%'), own.shop, args);
      expect(await databases()).toBe(Number(before) + 1);
      expect(await own.users()).toBe(1);
      expect((await own.shop.ok(['snapshot'])).stdout).not.toMatch(/killed/);
      await own.shop.ok(['data', 'tidy']);
      await until('what was half-made is gone', async () => !(await runs('refresh materialized view%')));
      expect(
        await own.query(
          "select count(*)::int from pg_database where datname like 'devenv\\_shop\\_snapshot\\_%'",
          'postgres',
        ),
      ).toBe(5);
    });

    it('go through a pipe', async () => {
      await own.query('drop materialized view if exists slow');
      for (const [target, code, says] of [
        ['| head -c 10 >/dev/null', 141, 'nobody reads the standard output any more'],
        ['> /dev/full', 4, 'the standard output can not be written'],
      ] as const) {
        const exported = `"${process.execPath}" "${BIN}" snapshot export - ${target}; exit "${'${PIPESTATUS[0]}'}"`;
        const { exitCode, stderr } = await execa('bash', ['-c', exported], {
          ...{ cwd: own.shop.path, env: own.shop.env, extendEnv: false, reject: false },
        });
        expect(stderr).toContain(says);
        expect(stderr).not.toContain('a bug in devenv');
        expect(exitCode).toBe(code);
      }
      expectFailure(await own.shop.devenv(['snapshot', 'export', '-', '--json']), { code: 2, says: ['--json'] });
      const bytes = join(own.shop.path, 'piped.snapshot');
      const shell = `"${process.execPath}" "${BIN}" snapshot export - > "${bytes}" && "${process.execPath}" "${BIN}" snapshot import - piped < "${bytes}"`;
      const options = { cwd: own.shop.path, env: own.shop.env, extendEnv: false, shell: true } as const;
      const through = await execa(shell, options);
      expect(through.stderr).toMatch(/^db: shop was written, [\d.]+ kB\.$/m);
      expect(through.stdout).toMatch(/^db: the standard input is the snapshot piped; /);
      expect((await own.shop.ok(['snapshot', 'diff', 'piped'])).stdout).toMatch(/nothing differs/);
      await truncate(bytes, 2_000);
      const cut = await execa(`"${process.execPath}" "${BIN}" snapshot import - cut < "${bytes}"`, {
        ...options,
        reject: false,
      });
      expect(cut.exitCode).toBe(5);
      expect(cut.stderr).toContain('the standard input is cut off');
      const listed = await own.shop.json<Record<string, unknown>>(['snapshot', '--json']);
      expect(Object.keys(listed)).toEqual(['service', 'database', 'cutOff', 'why', 'copies']);
    });

    it('make the roles that the server lacks, for policies and grants', async () => {
      await own.query('create role auditor');
      await own.query('create table audited (id int primary key)');
      await own.query('alter table audited enable row level security');
      await own.query('create policy seen on audited for select to auditor using (id > 1)');
      await own.query('grant select on audited to auditor');
      await own.shop.ok(['snapshot', 'export', 'audited.snapshot']);
      await own.query('drop table audited');
      await own.query('drop role auditor');
      const { stdout } = await own.shop.ok(['snapshot', 'import', 'audited.snapshot', 'audited', '--restore']);
      expect(stdout).toMatch(/^Made, without login, because this server lacked it: role auditor\.$/m);
      expect(await own.query("select roles::text from pg_policies where tablename = 'audited'")).toBe('{auditor}');
      expect(await own.query("select has_table_privilege('auditor', 'audited', 'select')")).toBe(true);
      expect(await own.query("select rolcanlogin from pg_roles where rolname = 'auditor'")).toBe(false);
      await own.shop.ok(['undo']);
    });
  });
});
