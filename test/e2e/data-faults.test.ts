import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFailure } from '../support/failure.ts';
import { killedWhen } from '../support/kill.ts';
import { type LoadedShop, loadedShop, MIGRATE, MIGRATE_ENV, MIGRATION, SEED } from '../support/loaded-shop.ts';
import { BIN, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { canMount, mountDisk } from '../support/small-disk.ts';
import { until } from '../support/until.ts';

/** Where copies get their marks: whoever holds it stops devenv between making a copy and calling it whole. */
const MARKS = 'lock table pg_catalog.pg_db_role_setting in share mode';

/** What happens in the server is the same on each runtime. */
describe.skipIf(!testedRuntimes.includes('embedded'))('a devenv that is killed', () => {
  let machine: Machine;
  let own: LoadedShop;

  beforeAll(async () => {
    machine = await makeMachine(MIGRATE_ENV);
    own = await loadedShop(machine, { runtime: 'embedded', version: '17' });
    await own.shop.ok(['up', '--detach']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  const inServer = (sql: string) => own.query(sql, 'postgres');
  const waits = async (sql: string) =>
    (await inServer(
      `select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '${sql}')`,
    )) === true;
  const copies = (kind: string) =>
    inServer(`select count(*)::int from pg_database where datname like 'devenv\\_shop\\_${kind}\\_%'`);
  /** Leaves so many of the users, so that it shows whose data is live. */
  async function keep(count: number): Promise<void> {
    await own.query('truncate users');
    await own.query(`insert into users select i, 'user ' || i from generate_series(1, ${count}) i`);
  }
  async function killed(args: readonly string[], lock: string, at: string): Promise<void> {
    const held = await own.hold(lock, 'postgres');
    try {
      await killedWhen(`devenv waits for ${at}`, () => waits(at), own.shop, args);
    } finally {
      await held.release();
    }
    await until('nobody is in the server any more', async () => !(await waits(at)));
  }

  it('between the two renames of a reset has changed nothing, and the next one resets', async () => {
    await own.shop.ok(['data', 'tidy']);
    await keep(5);
    const spares = await inServer(
      `select string_agg(format('comment on database %I is %L', datname, 'held'), ';')
         from pg_database where datname like 'devenv\\_shop\\_spare\\_%'`,
    );
    await killed(['reset'], String(spares), 'alter database "devenv\\_shop\\_spare\\_%" rename to "shop"');
    expect(await own.users()).toBe(5);
    await own.shop.ok(['reset']);
    expect(await own.users()).toBe(100);
    await own.shop.ok(['undo']);
    expect(await own.users()).toBe(5);
  });

  it('while it saves has saved nothing and locked nobody out', async () => {
    await keep(7);
    await killed(['snapshot', 'save', 'seven'], MARKS, 'alter database "devenv\\_shop\\_snapshot\\_%" set %');
    expect(await own.users()).toBe(7);
    expect((await own.shop.ok(['snapshot'])).stdout).toMatch(/no copies of shop/);
    expect(await copies('snapshot')).toBe(1);
    await own.shop.ok(['data', 'tidy']);
    expect(await copies('snapshot')).toBe(0);
    await own.shop.ok(['snapshot', 'save', 'seven']);
    expect((await own.shop.ok(['snapshot', 'diff', 'seven'])).stdout).toMatch(/nothing differs/);
  });

  it('while it restores has changed nothing, and a snapshot that stood open is closed', async () => {
    await keep(8);
    await killed(['snapshot', 'restore', 'seven'], MARKS, 'alter database "devenv\\_shop\\_spare\\_%" set %');
    expect(await own.users()).toBe(8);
    const name = await inServer("select datname from pg_database where datname like 'devenv\\_shop\\_snapshot\\_%'");
    await inServer(`alter database "${name}" allow_connections true`);
    await own.shop.ok(['snapshot', 'restore', 'seven']);
    expect(await own.users()).toBe(7);
    expect(await inServer(`select datallowconn from pg_database where datname = '${name}'`)).toBe(false);
  });

  it('while it makes spares leaves none that is not whole', async () => {
    await own.shop.ok(['data', 'tidy']);
    await own.shop.ok(['reset']);
    await until('there are spares again', async () => (await copies('spare')) === 2);
    await own.shop.ok(['data', 'tidy']);
    await inServer(
      String(
        await inServer(
          "select format('drop database %I', min(datname)) from pg_database where datname like 'devenv\\_shop\\_spare\\_%'",
        ),
      ),
    );
    await killed(['data', 'tidy'], MARKS, 'alter database "devenv\\_shop\\_spare\\_%" set %');
    expect(await copies('spare')).toBe(2);
    const whole = async () => (await own.shop.ok(['data'])).stdout.match(/^spare/gm)?.length;
    expect(await whole()).toBe(1);
    await own.shop.ok(['data', 'tidy']);
    expect([await copies('spare'), await whole()]).toEqual([2, 2]);
  });

  it('is not waited for, and one that works is', async () => {
    const held = await own.hold(MARKS, 'postgres');
    const first = own.shop.devenv(['snapshot', 'save', 'first']);
    await until('the first works', () => waits('alter database "devenv\\_shop\\_snapshot\\_%" set %'));
    let said = '';
    const second = execa(process.execPath, [BIN, 'snapshot', 'save', 'second'], {
      cwd: own.shop.path,
      env: own.shop.env,
      extendEnv: false,
      stdin: 'ignore',
    });
    second.stderr.on('data', (chunk) => {
      said += chunk;
    });
    await until('the second waits', () => said.includes('waiting for another devenv'));
    await held.release();
    expect((await first).code).toBe(0);
    await second;
    expect((await own.shop.ok(['snapshot'])).stdout).toMatch(/ first [\s\S]* second /);
  });

  it('while it loads anew is taken back by the next command', async () => {
    await keep(9);
    await own.shop.write({
      'migrations/1.sql': `${MIGRATION} create table more (id int);`,
      'migrate.js': `${MIGRATE}\nrequire('node:fs').writeFileSync('begun', ''); setTimeout(() => {}, 1e6);`,
    });
    const begun = () =>
      readFile(join(own.shop.path, 'begun')).then(
        () => true,
        () => false,
      );
    await killedWhen('the migration runs', begun, own.shop, ['reset']);
    for (const verb of ['status', 'data', 'snapshot']) {
      expect((await own.shop.ok([verb])).stdout).toMatch(/db: a reset was cut off while it loaded anew/);
    }
    const { stderr } = await own.shop.ok(['snapshot', 'save', 'nine']);
    expect(stderr).toMatch(/a reset was cut off: the data is as it was before it/);
    expect(await own.users()).toBe(9);

    await rm(join(own.shop.path, 'begun'));
    await killedWhen('the migration runs', begun, own.shop, ['reset']);
    expect((await own.shop.ok(['up', '--dry-run'])).stdout).toMatch(/mend-data db +a reset was cut off/);
    const up = await own.shop.ok(['up', '--detach']);
    expect(`${up.stdout}${up.stderr}`).toMatch(/db: a reset was cut off: the data is as it was before it/);
    expect(await own.users()).toBe(9);
    expect((await own.shop.ok(['status'])).stdout).not.toMatch(/cut off/);

    await rm(join(own.shop.path, 'begun'));
    const undos = await copies('undo');
    await killedWhen('the migration runs', begun, own.shop, ['reset']);
    expect((await own.shop.ok(['undo'])).stdout).toMatch(/the reset is taken back/);
    expect([await own.users(), await copies('undo')]).toEqual([9, undos]);
    await own.shop.write({ 'migrate.js': MIGRATE });
    await own.shop.ok(['reset']);
    expect(await own.query('select count(*)::int from more')).toBe(0);
    await own.shop.ok(['undo']);
    expect(await own.users()).toBe(9);
  });
});

describe.skipIf(!canMount || !testedRuntimes.includes('embedded'))('a disk that fills', () => {
  it('while a snapshot is saved or restored leaves the data as it was, and room lets both succeed', async () => {
    await using machine = await makeMachine(MIGRATE_ENV);
    await using disk = await mountDisk(machine.env.XDG_DATA_HOME ?? '', '400m');
    const { shop, users, query } = await loadedShop(machine, { runtime: 'embedded', version: '17' });
    await shop.ok(['up', '--detach']);
    await shop.ok(['snapshot', 'save', 'hundred']);
    await query('delete from users where id > 3');
    await query('checkpoint');
    await disk.fill(4_000_000);
    for (const args of [
      ['snapshot', 'save', 'three'],
      ['snapshot', 'restore', 'hundred'],
    ]) {
      expectFailure(await shop.devenv(args), { code: 4, says: [/the disk is full/] });
      expect(await users()).toBe(3);
    }
    await disk.empty();
    // Loaded anew, where the server itself may end for want of room.
    await shop.write({
      'seed.sql': `${SEED}\ncreate table big as select repeat(md5(i::text), 100) from generate_series(1, 100000) i;`,
    });
    await disk.fill(12_000_000);
    const failed = await shop.devenv(['reset']);
    expectFailure(failed, {
      code: 4,
      says: [/disk is full|No space left|has closed the connection|could not|starting up|recovery mode/],
    });
    expect(failed.stderr).not.toContain('bug');
    await disk.empty();
    await shop.write({ 'seed.sql': SEED });
    await shop.ok(['up', '--detach']);
    expect(await users()).toBe(3);
    await shop.ok(['snapshot', 'save', 'three']);
    await shop.ok(['snapshot', 'restore', 'hundred']);
    expect(await users()).toBe(100);
    await shop.ok(['snapshot', 'restore', 'three']);
    expect(await users()).toBe(3);
    await shop.ok(['down', '--data', '--yes']);
  });
});
