import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEEPING } from '../../src/core/data/copies.ts';
import {
  dropCopy,
  holdConnection,
  keepBaseline,
  MAINTENANCE,
  makeCopy,
  type PostgresServer,
  readCopies,
  readHalfMade,
  redo,
  reset,
  swap,
  tidy,
  trimLog,
  undo,
} from '../../src/data/postgres/index.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { until } from '../support/until.ts';

/** What node-postgres says of a connection that was ended between two queries. */
const LOST = 'Client has encountered a connection error and is not queryable';
const CREATED = '2026-01-01T00:00:00.000Z';

describe.each(testedRuntimes)('the spare-database swap on %s', (runtime) => {
  describe.skipIf(runtime === 'docker' && !dockerHost)('of Postgres 17', () => {
    let machine: Machine;
    let url: URL;
    let server: PostgresServer;

    beforeAll(async () => {
      machine = await makeMachine();
      const project = await machine.project('shop', {
        'devenv.config.yaml': `runtime: ${runtime}\nservices: { db: { engine: postgres, version: "17", database: shop, command: [-c, wal_level=logical, -c, max_prepared_transactions=2] } }\nenv: { DATABASE_URL: "\${db.url}" }\n`,
      });
      await project.ok(['up', '--detach']);
      url = new URL((await project.json<{ DATABASE_URL: string }>(['env', '--format', 'json'])).DATABASE_URL);
      server = { live: 'shop', within };
      await within('shop', async (client) => {
        await client.query('create table items as select generate_series(1, 1000) as id');
        await client.query('create role reader');
        await client.query(`alter database shop set search_path = '$user', "Odd Name", public`);
        await client.query(`alter database shop set statement_timeout = '7s'`);
        await client.query(`alter role reader in database shop set work_mem = '8MB'`);
        await client.query('grant create on database shop to reader with grant option');
        await client.query('revoke temporary on database shop from public');
      });
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    async function within<T>(database: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
      const client = new pg.Client({
        connectionString: Object.assign(new URL(url), { pathname: `/${database}` }).href,
      });
      client.on('error', () => {});
      await client.connect();
      try {
        return await use(client);
      } finally {
        await client.end().catch(() => {});
      }
    }

    const count = () =>
      within('shop', async (client) => Number((await client.query('select count(*) from items')).rows[0].count));

    async function properties() {
      return within(MAINTENANCE, async (client) => {
        const { rows } = await client.query(
          `select r.rolname, array(select one from unnest(s.setconfig) one where one not like 'devenv.%') as setconfig, (select array_agg(acl::text order by acl::text) from unnest(d.datacl) acl) as granted,
                  shobj_description(d.oid, 'pg_database') as comment from pg_database d
             left join pg_db_role_setting s on s.setdatabase = d.oid left join pg_roles r on r.oid = s.setrole
            where d.datname = 'shop' order by 1`,
        );
        return rows;
      });
    }

    const spare = (tag: string) =>
      makeCopy(server, { from: 'shop', tag, kind: 'spare', baseline: 'b1', label: '', created: CREATED });

    it('puts a copy in the place of the live one, which can be put back', async () => {
      await within(MAINTENANCE, (client) => client.query("comment on database shop is 'It''s mine'"));
      const before = await properties();
      expect(before[0]).toMatchObject({ comment: "It's mine" });
      await spare('1');
      await within('shop', (client) => client.query('delete from items where id > 10'));
      const [copy] = await readCopies(server);
      expect(copy).toMatchObject({ kind: 'spare', baseline: 'b1', created: CREATED });
      const marks = { kind: 'undo', baseline: null, label: 'reset', created: CREATED } as const;
      await swap(server, copy as NonNullable<typeof copy>, { tag: '1', ...marks });
      expect(await count()).toBe(1000);
      expect(await properties()).toEqual(before);
      const [undo] = await readCopies(server);
      expect(undo).toMatchObject({ kind: 'undo', label: 'reset', baseline: null });
      await swap(server, undo as NonNullable<typeof undo>, { tag: '2', ...marks });
      expect(await count()).toBe(10);
      expect(await properties()).toEqual(before);
    });

    it('is asked on one connection, for as long as that is sound', async () => {
      const held = holdConnection(within);
      const pid = (client: pg.Client) =>
        client.query<{ pid: number }>('select pg_backend_pid() as pid').then(({ rows }) => rows[0]?.pid);
      const isThere = (one: number | undefined) =>
        within(
          'shop',
          async (client) =>
            (await client.query('select 1 from pg_stat_activity where pid = $1', [one])).rows.length === 1,
        );
      const first = await held.within(MAINTENANCE, pid);
      expect(await held.within(MAINTENANCE, pid)).toBe(first);
      // Two at once need two.
      expect(await held.within(MAINTENANCE, () => held.within(MAINTENANCE, pid))).not.toBe(first);
      expect(await held.within('shop', pid)).not.toBe(first);
      let broken: number | undefined;
      const failing = held.within(MAINTENANCE, async (client) => {
        await client.query('begin');
        broken = await pid(client);
        throw new Error('cut off');
      });
      await expect(failing).rejects.toThrow('cut off');
      const next = await held.within(MAINTENANCE, pid);
      expect(next).not.toBe(broken);
      await within('shop', (client) => client.query('select pg_terminate_backend($1)', [next]));
      await until('it is ended', async () => !(await isThere(next)));
      const last = await held.within(MAINTENANCE, pid);
      expect(last).not.toBe(next);
      const late = held.within(MAINTENANCE, async (client) => {
        await held[Symbol.asyncDispose]();
        return pid(client);
      });
      const used = await late;
      await until('none is left', async () => !(await isThere(used)));
    });

    it('holds under clients that reconnect at once', async () => {
      await within('shop', (client) => client.query('delete from items'));
      let over = false;
      let rounds = 0;
      const codes = new Set<string>();
      const storm = Array.from({ length: 8 }, async () => {
        while (!over) {
          await within('shop', async (client) => {
            await client.query('insert into items values (1)');
            await client.query('select pg_sleep(0.01)');
            rounds += 1;
          }).catch((error: { code?: string }) => codes.add(error.code ?? (error as Error).message));
        }
      });
      try {
        await until('the storm blows', async () => rounds > 20);
        for (let tag = 3; tag < 8; tag += 1) {
          const [copy] = await readCopies(server);
          await swap(server, copy as NonNullable<typeof copy>, {
            ...{ tag: String(tag), kind: 'undo', baseline: null, label: 'reset', created: CREATED },
          });
        }
        const after = rounds;
        await until('they go on', async () => rounds > after + 20);
      } finally {
        over = true;
        await Promise.all(storm);
      }
      expect([...codes].filter((code) => !['57P01', '3D000', 'ECONNRESET', LOST].includes(code))).toEqual([]);
    });

    it('resets by a spare, or by a copy where none is ready, and takes that back and forth', async () => {
      const now = (second: number) => ({ now: `2026-01-02T00:00:0${second}.000Z` });
      const signal = new AbortController().signal;
      const kinds = async () => (await readCopies(server)).map(({ kind }) => kind);
      const said: string[] = [];
      const say = (text: string) => void said.push(text);
      for (const { name } of await readCopies(server)) await dropCopy(server, name);
      expect(await reset(server, 'b2', { ...now(1), say })).toBe(null);
      await expect(undo(server, now(1))).rejects.toThrow('there is nothing to undo in shop');

      await within('shop', (client) => client.query('truncate items; insert into items values (42)'));
      await keepBaseline(server, 'b2', now(1));
      await within('shop', (client) => client.query('insert into items values (43)'));
      expect(await reset(server, 'b2', { ...now(2), say })).toMatchObject({ spare: false });
      expect(said).toEqual([expect.stringMatching(/^no spare is ready: \d+ MB are copied first$/)]);
      expect(await count()).toBe(1);

      await tidy(server, 'b2', KEEPING, { ...now(3), signal, leftovers: [] });
      expect(await kinds()).toEqual(['baseline', 'undo', 'spare', 'spare']);
      expect(await reset(server, 'b2', { ...now(4), say })).toMatchObject({ spare: true });
      expect(await undo(server, now(5))).toBe('reset');
      expect(await undo(server, now(6))).toBe('reset');
      expect(await count()).toBe(2);
      expect(await redo(server, now(7))).toBe('reset');
      expect(await redo(server, now(8))).toBe('reset');
      expect(await count()).toBe(1);

      // Another baseline: what was kept for the old one goes, what can be taken back stays.
      await keepBaseline(server, 'b3', now(9));
      await tidy(server, 'b3', KEEPING, { ...now(9), signal, leftovers: [] });
      expect((await kinds()).sort()).toEqual(['baseline', 'spare', 'spare', 'undo', 'undo']);
    });

    it('refuses to move aside what something else holds on to', async () => {
      await keepBaseline(server, 'b4', { now: CREATED });
      const back = { now: '2026-01-03T00:00:00.000Z', say: () => {} };
      await within('shop', async (client) => {
        await client.query("select pg_create_logical_replication_slot('changes', 'pgoutput')");
        await client.query("begin; insert into items values (7); prepare transaction 'half'");
      });
      await within('shop', (client) =>
        client.query("create subscription news connection 'dbname=nowhere' publication p with (connect = false)"),
      );
      const refused =
        'the logical replication slot changes and the subscription news and the prepared transaction half would stay with it';
      await expect(reset(server, 'b4', back)).rejects.toThrow(`shop can't be moved aside: ${refused}`);
      await within('shop', async (client) => {
        await client.query("select pg_drop_replication_slot('changes')");
        await client.query('alter subscription news set (slot_name = none)');
        await client.query('drop subscription news');
        await client.query("rollback prepared 'half'");
        await client.query('alter database shop is_template true');
      });
      await reset(server, 'b4', { ...back, now: '2026-01-03T00:00:01.000Z' });
      // What was live is listed among the copies, although somebody had made it a template.
      expect((await readCopies(server)).some(({ created }) => created === '2026-01-03T00:00:01.000Z')).toBe(true);
    });

    it('copies what somebody holds on to only after they let go, and cuts off the rest, who wait', async () => {
      await within('shop', async (client) => {
        await client.query("begin; insert into items values (8); prepare transaction 'half'");
        await expect(spare('held')).rejects.toThrow(
          "shop can't be copied: the prepared transaction half is open in it",
        );
        await client.query("rollback prepared 'half'");
      });
      const codes: string[] = [];
      let over = false;
      let rounds = 0;
      const storm = Array.from({ length: 4 }, async () => {
        while (!over) {
          await within('shop', async (client) => {
            await client.query('select pg_sleep(0.01)');
            rounds += 1;
          }).catch((error: { code?: string }) => codes.push(error.code ?? (error as Error).message));
        }
      });
      try {
        await until('the storm blows', async () => rounds > 20);
        await spare('storm');
        const after = rounds;
        await until('they go on', async () => rounds > after + 20);
      } finally {
        over = true;
        await Promise.all(storm);
      }
      expect(codes.filter((code) => !['57P01', 'ECONNRESET', LOST].includes(code))).toEqual([]);
      await dropCopy(server, 'devenv_shop_spare_storm');
    });

    it('gives the log of a load up, and the settings for that back', async () => {
      const segments = () =>
        within(MAINTENANCE, async (client) => {
          const { rows } = await client.query("select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'");
          return Number(rows[0].count);
        });
      await within('shop', async (client) => {
        await client.query("create table big as select repeat('x', 1000) as text from generate_series(1, 60000)");
        // It sets the segments of the load aside for later.
        await client.query('checkpoint');
      });
      expect(await segments()).toBeGreaterThan(3);
      await trimLog(server);
      expect(await segments()).toBeLessThanOrEqual(3);
      await until('the settings are as before', () =>
        within(MAINTENANCE, async (client) => (await client.query('show max_wal_size')).rows[0].max_wal_size === '1GB'),
      );
      await within('shop', (client) => client.query('drop table big'));
    });

    it('never takes a copy that was cut off for a whole one', async () => {
      await within(MAINTENANCE, (client) => client.query('create database devenv_shop_spare_20260101t000000000z'));
      expect((await readCopies(server)).map(({ name }) => name)).not.toContain('devenv_shop_spare_20260101t000000000z');
      expect(await readHalfMade(server)).toEqual(['devenv_shop_spare_20260101t000000000z']);
      await dropCopy(server, 'devenv_shop_spare_20260101t000000000z');
      expect(await readHalfMade(server)).toEqual([]);
    });

    it('keeps the settings and grants of what was live, and none that the copy alone has', async () => {
      const copy = await spare('settings');
      await within('shop', async (client) => {
        await client.query('alter database shop reset statement_timeout');
        await client.query(`alter database shop set lock_timeout = '3s'`);
        await client.query('alter role reader in database shop reset work_mem');
        await client.query('revoke all on database shop from reader');
        await client.query('grant temporary on database shop to public');
        await client.query('revoke connect on database shop from public');
        await client.query('alter database shop connection limit 77');
      });
      const changed = await properties();
      const marks = { kind: 'undo', baseline: null, label: 'reset', created: CREATED } as const;
      const parked = await swap(server, { name: copy }, { tag: 'settings', ...marks });
      expect(await properties()).toEqual(changed);
      // Back to what counts where nobody has said anything.
      await within(MAINTENANCE, async (client) => {
        await client.query(`alter database ${parked} connection limit -1`);
        await client.query('revoke all on database shop from public, reader, postgres cascade');
        await client.query('grant connect, temporary on database shop to public');
        await client.query('grant all on database shop to postgres');
      });
      await swap(server, { name: parked }, { tag: 'again', ...marks });
      const rights = await within(MAINTENANCE, async (client) => {
        const { rows } = await client.query(
          `select has_database_privilege('reader', 'shop', 'connect') as connect, has_database_privilege('reader', 'shop', 'create') as create`,
        );
        return rows[0];
      });
      expect(rights).toEqual({ connect: true, create: false });
    });
  });
});
