import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Keys } from '../../src/app/data/keys.ts';
import { runSeed } from '../../src/app/data/run-seed.ts';
import { planFor, seedWith } from '../../src/app/data/seed.ts';
import type { SeededEnvironment } from '../../src/app/data/seed-redis.ts';
import { shownSeed } from '../../src/app/data/show-seed.ts';
import { withUndo } from '../../src/app/data/with-undo.ts';
import type { ColumnDescription, Description } from '../../src/core/data/description.ts';
import type { Origin, SeedScript } from '../../src/core/data/seed-file.ts';
import { inTransaction, type LoadingServer, stayingIn } from '../../src/data/postgres/index.ts';
import { holdTables } from '../../src/data/postgres/seeding/hold-tables.ts';
import { readSchema } from '../../src/data/postgres/seeding/index.ts';
import { copyText } from '../../src/data/seed/copy-text.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';
import { loadingServer, seedFixture } from '../support/seeding.ts';

/** What is written doesn't depend on where the server runs. */
const runtime = testedRuntimes.find((one) => one !== 'docker' || dockerHost);

describe.skipIf(!runtime)('seeding', () => {
  let machine: Machine;
  let urls: Record<string, string>;

  beforeAll(async () => {
    machine = await makeMachine();
    const project = await machine.project('seeds', {
      'devenv.config.yaml': `runtime: ${runtime}
services: { old: { engine: postgres, version: "15" }, new: { engine: postgres, version: "17" } }
env: { PG15: "\${old.url}", PG17: "\${new.url}" }
`,
    });
    await project.ok(['up', '--detach']);
    urls = await project.json(['env', '--format', 'json']);
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  async function database(name: string, sql: string, version = 17): Promise<LoadingServer> {
    const server = loadingServer(urls[`PG${version}`] as string, name);
    await server.within('postgres', (client) => client.query(`create database ${name}`));
    await server.within(name, (client) => client.query(sql));
    return server;
  }

  const options = {
    // Only keys of a Redis ask for it.
    environment: {} as SeededEnvironment,
    signal: new AbortController().signal,
    progress: () => {},
  };

  const seed = async (server: LoadingServer, description: Description) => {
    const notes: string[] = [];
    const { tables } = await seedWith(server, { description }, { ...options, say: (note) => notes.push(note) });
    return { notes, rows: Object.fromEntries(tables.map(({ table, rows }) => [table, rows])) };
  };

  const query = async (server: LoadingServer, sql: string) =>
    (await server.within(server.live, (client) => client.query<Record<string, unknown>>(sql))).rows;

  /** Number of rows and a hash of all of them, of each table. */
  const contents = async (server: LoadingServer): Promise<Record<string, string>> => {
    const tables = await query(
      server,
      `select quote_ident(nspname) || '.' || quote_ident(relname) as name from pg_class c
         join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'p') and not relispartition and nspname !~ '^pg_|^information_schema$' order by 1`,
    );
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const [row] = await query(
        server,
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') as text from ${name} t`,
      );
      found[String(name)] = String(row?.text);
    }
    return found;
  };

  it.each([15, 17])(
    'fills a schema with everything in it, again and again, on Postgres %i',
    async (version) => {
      const server = await database('nasty', await seedFixture('nasty.sql'), version);
      const first = await seed(server, { rows: 60 });
      expect(Object.keys(first.rows).length).toBeGreaterThan(40);
      expect(new Set(Object.values(first.rows))).toEqual(new Set([60]));
      const again = await seed(server, { rows: 25 });
      expect(new Set(Object.values(again.rows))).toEqual(new Set([25]));
      expect(await query(server, 'select count(*)::int from users')).toEqual([{ count: 85 }]);
      // Sequences go on after the rows.
      await query(server, "insert into users (email, display_name) values ('someone@else.test', 'x')");
    },
    120_000,
  );

  it('writes the same bytes for the same seed, and others for another', async () => {
    const sql = await seedFixture('shop.sql');
    const [one, same, other] = [
      await database('one', sql),
      await database('same', sql),
      await database('other', sql),
    ] as const;
    await seed(one, { seed: 42, rows: 300 });
    await seed(same, { seed: 42, rows: 300 });
    await seed(other, { seed: 43, rows: 300 });
    const found = await contents(one);
    expect(Object.values(found).every((text) => text.startsWith('300 '))).toBe(true);
    expect(await contents(same)).toEqual(found);
    expect((await contents(other))['public.users']).not.toBe(found['public.users']);
  }, 60_000);

  it('makes any rows without the others', async () => {
    const server = await database('parts', await seedFixture('shop.sql'));
    const { tables } = await planFor(server, { description: { rows: 500 } });
    for (const { rows } of tables) {
      const lines = (from: number, until: number) => [...copyText(rows, from, until)].map(({ text }) => text).join('');
      const part = lines(200, 220);
      expect(lines(0, 500).split('\n').slice(200, 220).join('\n')).toBe(part.trimEnd());
    }
  });

  it('deals children to parents, and keeps to what a file says', async () => {
    const server = await database('dealt', await seedFixture('shop.sql'));
    const { rows } = await seed(server, {
      now: '2026-03-01T00:00:00Z',
      tables: {
        users: { rows: 400, columns: { created_at: { past: '30d' } } },
        addresses: { rows: 400 },
        orders: {
          perParent: { table: 'users', count: { zipf: [0, 50] } },
          columns: { status: { oneOf: { paid: 9, pending: 1 } } },
        },
      },
    });
    const [users] = await query(server, 'select min(created_at) as min, max(created_at) as max from users');
    expect(new Date(users?.min as string) >= new Date('2026-01-30T00:00:00Z')).toBe(true);
    expect(new Date(users?.max as string) <= new Date('2026-03-01T00:00:00Z')).toBe(true);
    const [orders] = await query(
      server,
      `select count(*)::int as all, count(*) filter (where status = 'paid')::float / count(*) as paid,
              (select max(n)::int from (select count(*) as n from orders group by user_id) x) as most from orders`,
    );
    expect(orders?.all).toBe(rows.orders);
    expect(orders?.paid).toBeGreaterThan(0.8);
    expect(orders?.most).toBeGreaterThan(10);
    expect(orders?.most).toBeLessThanOrEqual(50);
  });

  it('checks the references of many rows, and checks those of others afterwards', async () => {
    const server = await database('many', await seedFixture('shop.sql'));
    await seed(server, { rows: 11_000 });
    const [orphans] = await query(
      server,
      'select count(*)::int from orders o where not exists (select from users u where u.id = o.user_id)',
    );
    expect(orphans).toEqual({ count: 0 });
    await expect(query(server, 'update orders set user_id = -1')).rejects.toThrow('foreign key');
    await expect(
      query(server, 'insert into order_items select (o).* from (select o from order_items o limit 1) x'),
    ).rejects.toThrow(/duplicate|foreign key/);
    const triggers = await query(server, "select tgname from pg_trigger where tgenabled <> 'O'");
    expect(triggers).toEqual([]);
  }, 60_000);

  it('deals children by a key that a wider one holds as well, as tenants have it', async () => {
    const server = await database('tenants', await seedFixture('saas.sql'));
    const { rows } = await seed(server, {
      tables: {
        organizations: { rows: 20 },
        users: { rows: 60 },
        memberships: { perParent: { table: 'organizations', count: [1, 5] } },
        projects: { perParent: { table: 'organizations', count: [1, 8] } },
      },
    });
    expect(rows.projects).toBeGreaterThan(Number(rows.organizations));
    const [tenants] = await query(
      server,
      'select count(*)::int as projects, count(distinct organization_id)::int as organizations from projects',
    );
    expect(tenants).toEqual({ projects: rows.projects, organizations: rows.organizations });
  });

  it('waits for those who write, and takes no number that is theirs', async () => {
    const server = await database(
      'shared',
      "create table notes (id serial primary key, text text not null); insert into notes (text) values ('first')",
    );
    await server.within(server.live, async (writer) => {
      await writer.query("begin; insert into notes (text) select 'theirs' from generate_series(1, 20)");
      const seeding = seed(server, { rows: 30 });
      await expect
        .poll(() => query(server, "select 1 from pg_locks where relation = 'notes'::regclass and not granted"))
        .toHaveLength(1);
      await writer.query('commit');
      expect((await seeding).rows).toEqual({ notes: 30 });
      await writer.query("insert into notes (text) values ('last')");
    });
    expect(await query(server, 'select count(*)::int, max(id) from notes')).toEqual([{ count: 52, max: 52 }]);
  });

  it('says who writes and does not end', async () => {
    const server = await database('busy', 'create table notes (id serial primary key, text text)');
    const { tables } = await server.within(server.live, readSchema);
    await server.within(server.live, async (writer) => {
      await writer.query("set application_name = 'worker'; begin; insert into notes (text) values ('x')");
      const held = server.within(server.live, (client) => inTransaction(client, () => holdTables(client, tables, 50)));
      await expect(held).rejects.toThrow(
        /^another transaction writes into notes by worker \(pid \d+\), and doesn't end; nothing was written$/,
      );
      await writer.query('rollback');
    });
  });

  it('counts as sequences do, also down, in steps and around, and refuses more than there are', async () => {
    const server = await database(
      'sequences',
      `create table stepping (id int generated always as identity (start 1000 increment 10 maxvalue 1200) primary key);
       create table falling (id int generated by default as identity (start -1 increment -1) primary key, name text);
       create table small (id smallserial primary key, name text);
       create table large (id bigint generated always as identity (start 9007199254740990) primary key);
       create sequence turn start 7 minvalue 5 maxvalue 9 cycle;
       create table turns (id serial primary key, turn int not null default nextval('turn'))`,
    );
    expect((await seed(server, { rows: 6 })).rows).toMatchObject({ stepping: 6, falling: 6 });
    const { notes, rows } = await seed(server, { rows: 30, tables: { small: { rows: 3 }, turns: { rows: 2 } } });
    expect(rows).toEqual({ falling: 30, large: 30, small: 3, stepping: 15, turns: 2 });
    expect(notes).toEqual([
      'stepping.id: its sequence public.stepping_id_seq ends at 1200, which leaves room for 15 more rows, not 30',
    ]);
    await expect(seed(server, { tables: { small: { rows: 32_759 } } })).rejects.toThrow(
      /^small.id: its sequence public.small_id_seq ends at 32767, which leaves room for 32758 more rows, not 32759$/,
    );
    const ids = (table: string) =>
      query(server, `select min(id)::text, max(id)::text, count(distinct id)::int as count from ${table}`);
    expect(await ids('stepping')).toEqual([{ min: '1000', max: '1200', count: 21 }]);
    expect(await ids('falling')).toEqual([{ min: '-36', max: '-1', count: 36 }]);
    expect(await ids('large')).toEqual([{ min: '9007199254740990', max: '9007199254741025', count: 36 }]);
    expect(await query(server, "insert into falling (name) values ('x') returning id")).toEqual([{ id: -37 }]);
    expect(await query(server, "insert into small (name) values ('x') returning id")).toEqual([{ id: 10 }]);
    expect(await query(server, 'select array_agg(turn order by id) as turns from turns')).toEqual([
      { turns: [7, 8, 9, 5, 6, 7, 5, 6] },
    ]);
  });

  it('gives its values to rows that a trigger has made, as the profile of each user', async () => {
    const made = (table: string) =>
      `create function ${table}_made() returns trigger language plpgsql as $$
         begin insert into public.${table} (user_id, bio) values (new.id, 'by trigger'); return new; end $$;`;
    const server = await database(
      'triggered',
      `create schema auth;
       create table auth.users (id uuid primary key default gen_random_uuid(), email text not null unique);
       create table profiles (user_id uuid primary key references auth.users, bio text not null);
       ${made('profiles')}
       create trigger made after insert on auth.users for each row execute function profiles_made();
       create table clients (id int generated always as identity primary key, email text not null unique);
       create table cards (id int generated always as identity primary key,
         user_id int not null unique references clients, bio text not null);
       create table stamps (id serial primary key, card_id int not null references cards);
       ${made('cards')}
       create trigger made after insert on clients for each row when (new.id % 2 = 0) execute function cards_made();`,
    );
    const { notes, rows } = await seed(server, { rows: 6 });
    expect(notes).toEqual([
      'cards: triggers had made 3 of its rows, which got these values',
      'profiles: triggers had made 6 of its rows, which got these values',
    ]);
    expect(Object.values(rows)).toEqual([6, 6, 6, 6, 6]);
    const again = await seed(server, { rows: 4 });
    expect(Object.values(again.rows)).toEqual([4, 4, 4, 4, 4]);
    expect(
      await query(
        server,
        `select (select count(*)::int from profiles) as profiles, (select count(*)::int from cards) as cards,
                (select count(*)::int from profiles where bio = 'by trigger') as empty, (select max(id) from cards) as last`,
      ),
    ).toEqual([{ profiles: 10, cards: 10, empty: 0, last: 10 }]);
    await expect(query(server, "insert into cards values (99, 1, 'x')")).rejects.toThrow('cannot insert a non-DEFAULT');
  });

  it('keeps to what domains ask for, also inside of arrays and composite types, and where only Postgres knows', async () => {
    const server = await database(
      'domains',
      `create domain code as text check (value ~ '^[A-Z]{3}$');
       create domain percent as int check (value between 0 and 100 or value = -1);
       create domain odd as text not null check (length(value) > 3 and ascii(md5(value)) < 100);
       create domain codes as code[] check (cardinality(value) between 2 and 3);
       create type pair as (code code, percent percent);
       create table parts (id serial primary key, codes code[] not null, percents percent[][] not null, pair pair,
         pairs pair[], few codes not null, odd odd not null, odds odd[] not null)`,
    );
    expect((await seed(server, { rows: 40 })).rows).toEqual({ parts: 40 });
    const [found] = await query(
      server,
      'select min(percent) as least, max(percent) > 0 as more from parts, unnest(percents) as percent',
    );
    expect(found).toEqual({ least: -1, more: true });
  });

  it('computes what a check says follows from other columns', async () => {
    const server = await database(
      'computing',
      `create table lines (id serial primary key, quantity int not null check (quantity > 0), price numeric(10,2) not null,
         discount numeric(10,2), total numeric(12,2) not null check (total > 0),
         check (total = quantity * price - coalesce(discount, 0)));
       create table visits (id serial primary key, starts_at timestamptz not null, duration interval not null,
         ends_at timestamptz not null, check (ends_at = starts_at + duration), minutes int not null,
         seconds int not null, check (seconds = minutes * 60));
       create table invoices (id serial primary key, gross numeric(10,2) not null, net numeric(10,2) not null check (net > 0),
         rate numeric(4,3) not null check (rate in (0.07, 0.19)), vat numeric(10,2) not null,
         check (round(gross - net - vat, 2) = 0), check (vat = round(net * rate, 2)));
       create table rare (id serial primary key, n int not null check (hashint4(n) % 97 = 3))`,
    );
    expect((await seed(server, { rows: 60 })).rows).toEqual({ invoices: 60, lines: 60, rare: 60, visits: 60 });
    expect(await query(server, 'select max(id) as last from rare')).toEqual([{ last: 60 }]);
  });

  it('keeps apart what is unique only as the server computes it', async () => {
    const server = await database(
      'unlike',
      `create table nodes (id serial primary key, lft int not null unique, rgt int not null unique, check (lft < rgt));
       create table people (id serial primary key, name text not null);
       create table friends (a int not null references people, b int not null references people, check (a <> b));
       create unique index friends_pair on friends (least(a, b), greatest(a, b));
       create table codes (id serial primary key, email text not null,
         code text generated always as (left(md5(email), 4)) stored unique);
       create table places (id serial primary key, role text not null check (role in ('a', 'b', 'c', 'd', 'e')),
         n int not null check (n between 1 and 5), place text generated always as (role || ':' || n::text) stored unique)`,
    );
    await seed(server, { rows: 20, tables: { codes: { rows: 400 }, friends: { rows: 150 } } });
    const { rows, notes } = await seed(server, { rows: 10, tables: { codes: { rows: 400 }, friends: { rows: 100 } } });
    expect(rows).toEqual({ nodes: 10, people: 10, friends: 100, codes: 400, places: 5 });
    expect(notes).toEqual(['places: places_place_key (role, n) has room for 5 more rows, not 10']);
    await expect(seed(server, { tables: { friends: { rows: 500 } } })).rejects.toThrow(
      'friends: no more values could be found that friends_pair (a, b) allows',
    );
  });

  it('lets spans of two columns follow each other in their group, also beside those that are there', async () => {
    const server = await database(
      'spans',
      `create extension btree_gist;
       create table rooms (id serial primary key, name text not null);
       create table teachers (id serial primary key, name text not null);
       create table bookings (
         id serial primary key, room_id int not null references rooms, starts_at timestamptz not null, ends_at timestamptz not null,
         exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&), check (ends_at > starts_at));
       create table stays (id serial primary key, room_id int not null references rooms, a date, b date, check (a < b),
         exclude using gist (room_id with =, daterange(a, b, '[]') with &&));
       create table trips (id serial primary key, a date not null, b date not null, check (a < b), check (b - a <= 3),
         exclude using gist (daterange(a, b) with &&));
       create table lessons (id serial primary key, room_id int not null references rooms, teacher_id int not null references teachers,
         "from" timestamp, until timestamp, told timestamp not null, check (told < "from"), check (until >= "from" + interval '2 hours'),
         exclude using gist (room_id with =, tsrange("from", coalesce(until, 'infinity')) with &&),
         exclude using gist (teacher_id with =, tsrange("from", coalesce(until, 'infinity')) with &&));
       create table slots (id serial primary key, low int not null, high int not null, check (low >= 1 and high <= 1000),
         check (low < high), exclude using gist (int4range(low, high) with &&))`,
    );
    const tables = { rooms: { rows: 5 }, teachers: { rows: 4 } };
    await seed(server, { rows: 300, tables });
    await seed(server, { rows: 30, tables: { rooms: { rows: 0 }, teachers: { rows: 0 }, slots: { rows: 0 } } });
    expect(
      await query(
        server,
        `select (select count(*)::int from bookings) as bookings, (select count(distinct ends_at - starts_at)::int from bookings) as lengths,
                (select max(starts_at) < now() + interval '2 years' from bookings) as soon, (select count(*)::int from stays where b > a) as stays,
                (select count(*)::int from trips) as trips, (select count(*)::int from lessons where until > "from") as lessons,
                (select count(*)::int from slots) as slots`,
      ),
    ).toEqual([{ bookings: 330, lengths: 4, soon: true, stays: 330, trips: 330, lessons: 330, slots: 300 }]);
    // Each room has as many as another one, and those of a parent lie near.
    const dealt = await database(
      'dealtspans',
      `create extension btree_gist;
       create table rooms (id serial primary key, name text not null);
       create table bookings (
         id serial primary key, room_id int not null references rooms, starts_at timestamptz not null, ends_at timestamptz not null,
         exclude using gist (room_id with =, tstzrange(starts_at, ends_at) with &&), check (ends_at > starts_at))`,
    );
    const perParent = { table: 'rooms', count: 40 };
    await seed(dealt, { tables: { rooms: { rows: 10 }, bookings: { perParent } } });
    const years = 'extract(year from max(ends_at)) - extract(year from min(starts_at)) < 3';
    expect(await query(dealt, `select count(*)::int as all, ${years} as near from bookings`)).toEqual([
      { all: 400, near: true },
    ]);
  });

  it('lets Postgres say what an exclusion allows that is beyond construction, and refuses before it writes', async () => {
    const server = await database(
      'apart',
      `create extension btree_gist;
       create table spots (id serial primary key, c circle not null, exclude using gist (c with &&));
       create table crates (id serial primary key, b box not null, exclude using gist (b with &&));
       create table plans (id serial primary key, kind text not null check (kind in ('a', 'b')), n int not null check (n in (1, 2)),
         exclude using gist (kind with =, n with <>) deferrable);
       create table shifts (id serial primary key, starts_at timestamp not null, ends_at timestamp not null, check (ends_at > starts_at),
         exclude using gist (tsrange(starts_at, ends_at) with &&))`,
    );
    const described = { starts_at: { past: '30y' }, ends_at: { past: '30y' } };
    const tables = { shifts: { rows: 6, columns: described }, spots: { rows: 12 }, crates: { rows: 0 } };
    expect((await seed(server, { rows: 20, tables })).rows).toEqual({ plans: 20, shifts: 6, spots: 12 });
    expect((await seed(server, { tables: { plans: { rows: 5 }, spots: { rows: 1 } } })).rows).toEqual({
      plans: 5,
      spots: 1,
    });
    const refused = seed(server, { tables: { spots: { rows: 2 }, crates: { rows: 5 } } });
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(
        /^crates: no more rows could be made that crates_b_excl allows beside the others; 4 are left$/,
      ),
      hints: expect.arrayContaining([
        'It says: EXCLUDE USING gist (b WITH &&)',
        expect.stringMatching(/^Ask for 4 rows fewer of crates/),
      ]),
    });
    expect(await query(server, 'select count(*)::int from spots')).toEqual([{ count: 13 }]);
  });

  it('leads to the row before, or after, in its own table where that is unique and a check says which', async () => {
    const server = await database(
      'chains',
      `create table msg (id serial primary key, prev int unique references msg, check (prev < id));
       create table late (id serial primary key, prev int unique references late deferrable initially deferred, check (prev < id));
       create table partly (id serial primary key, prev int references partly, check (prev < id));
       create unique index on partly (prev) where prev is not null;
       create table ahead (id serial primary key, next int unique references ahead, check (id < next));
       create table any_ahead (id serial primary key, next int references any_ahead, check (next > id));
       create table free (id uuid primary key, referrer uuid unique references free)`,
    );
    const tables = ['ahead', 'any_ahead', 'free', 'late', 'msg', 'partly'];
    for (const rows of [30, 20]) {
      const all = Object.fromEntries(tables.map((name) => [name, rows]));
      expect((await seed(server, { rows })).rows).toEqual(all);
    }
    const linked = ['ahead', 'any_ahead', 'late', 'msg']
      .map((name) => `(select count(${name.includes('ahead') ? 'next' : 'prev'}) > 30 from ${name}) as ${name}`)
      .join(', ');
    expect(await query(server, `select ${linked}, (select count(referrer) > 30 from free) as free`)).toEqual([
      { ahead: true, any_ahead: true, late: true, msg: true, free: true },
    ]);
    const circles = await query(
      server,
      'with recursive up as (select id, referrer from free union select up.id, free.referrer from up join free on free.id = up.referrer) select from up where id = referrer',
    );
    expect(circles).toEqual([]);
  });

  it('leads nowhere where two unique references of a row would not go together', async () => {
    const links = (check: string) =>
      `(id serial primary key, a int unique references ${check.split(' ')[0]}, b int unique references ${check.split(' ')[0]}, check (${check.slice(check.indexOf(' '))}))`;
    const server = await database(
      'linked',
      ['chain a is null or b is null or a <> b', 'rising a < b', 'one num_nonnulls(a, b) = 1']
        .map((check) => `create table ${check.split(' ')[0]} ${links(check)};`)
        .join('\n'),
    );
    expect((await seed(server, { rows: 50 })).rows).toEqual({ chain: 50, one: 50, rising: 50 });
    expect((await seed(server, { rows: 20 })).rows).toEqual({ chain: 20, one: 20, rising: 20 });
  });

  it('lets nothing come to be before what it leads to', async () => {
    const server = await database(
      'born',
      `create table users (id serial primary key, email text not null, created_at timestamptz not null);
       create table orders (id serial primary key, user_id int not null references users,
         created_at timestamp not null default now(), updated_at timestamptz);
       create table items (id serial primary key, order_id int not null references orders, added_at timestamp not null,
         day date not null)`,
    );
    await seed(server, { rows: 200 });
    await seed(server, { rows: 30, tables: { orders: { rows: 60, columns: { created_at: { past: '1y' } } } } });
    expect(
      await query(
        server,
        `select count(*)::int, count(*) filter (where o.created_at < u.created_at at time zone 'utc')::int as orders,
                count(*) filter (where i.added_at < o.created_at)::int as items
           from items i join orders o on o.id = order_id join users u on u.id = user_id`,
      ),
    ).toEqual([{ count: 230, orders: 0, items: 0 }]);
  });

  it('makes ids of text as programs do, and leads to rows of any table where two columns say which', async () => {
    const server = await database(
      'named_ids',
      `create table users (id text primary key, email text not null);
       create table posts (id text primary key default gen_random_uuid()::text, title text not null);
       create table videos (id serial primary key, name text);
       create table images (id serial primary key, name text);
       create table comments (id serial primary key, commentable_type text not null, commentable_id int not null);
       create table likes (id char(26) primary key, "likeableType" varchar(5), "likeableId" text,
         unique ("likeableType", "likeableId"));
       create table votes (id varchar(12) primary key, votable_id int not null,
         votable_type text not null check (votable_type in ('Video', 'Image', 'Nothing')))`,
    );
    for (const rows of [15, 5]) await seed(server, { rows });
    const wrong = await query(
      server,
      `select id from users where id !~ '^c[a-z0-9]{24}$' union all
       select id from posts where id !~ '^[0-9a-f-]{36}$' union all
       select id from votes where id !~ '^[a-z0-9]{12}$' union all
       select id from likes where id !~ '^01[0-9A-Z]{24}$' union all
       select id::text from comments where not case commentable_type
         when 'videos' then exists (select from videos v where v.id = commentable_id)
         when 'images' then exists (select from images i where i.id = commentable_id) end union all
       select id from votes where not case votable_type
         when 'Video' then exists (select from videos v where v.id = votable_id)
         when 'Image' then exists (select from images i where i.id = votable_id) end union all
       select id from likes where not case "likeableType"
         when 'users' then exists (select from users u where u.id = "likeableId")
         when 'votes' then exists (select from votes v where v.id = "likeableId")
         when 'posts' then exists (select from posts p where p.id = "likeableId") end`,
    );
    expect(wrong).toEqual([]);
    expect(await query(server, 'select distinct commentable_type as type from comments order by 1')).toEqual([
      { type: 'images' },
      { type: 'videos' },
    ]);
  });

  it('leads to rows of tables whose keys are of different types where the id is text', async () => {
    const server = await database(
      'mixed_ids',
      `create table posts (id uuid primary key, title text not null);
       create table photos (id serial primary key, url text not null);
       create table tags (name text primary key);
       create table days (day date primary key);
       create table comments (id serial primary key, commentable_id text not null,
         commentable_type text not null check (commentable_type in ('Post', 'Photo', 'Tag', 'Day')));
       create table notes (id serial primary key, notable_id varchar(12) not null, notable_type text not null)`,
    );
    for (const rows of [30, 10]) await seed(server, { rows });
    const kinds = await query(
      server,
      `select commentable_type as type, bool_and(case commentable_type
         when 'Post' then exists (select from posts p where p.id::text = commentable_id)
         when 'Photo' then exists (select from photos p where p.id::text = commentable_id)
         when 'Tag' then exists (select from tags t where t.name = commentable_id)
         when 'Day' then exists (select from days d where d.day::text = commentable_id) end) as there
       from comments group by 1 order by 1`,
    );
    expect(kinds).toEqual(['Day', 'Photo', 'Post', 'Tag'].map((type) => ({ type, there: true })));
    // A uuid has no room there.
    expect(await query(server, "select count(*)::int from notes where notable_type = 'posts'")).toEqual([{ count: 0 }]);
  });

  it('shows rows and keys that would be, and where in a file stands what can not be', async () => {
    const server = await database('shown', 'create table users (id serial primary key, email text not null, at date)');
    const origin: Origin = { file: 'seeds/x.yaml', at: () => ({ line: 3, column: 5 }) };
    const shown = (description: Description) => shownSeed(server, { description, origin });
    await query(server, "insert into users (email) values ('first@example.com')");
    const { tables, keys } = await shown({
      tables: { users: { rows: 1 } },
      redis: {
        sessions: { key: 's:{users.id}', ttl: '1h', hash: { email: '{users.email}', theme: 'dark' } },
        board: { key: 'board', sortedSet: { size: 20, of: { like: 'username' }, score: { between: [1, 5] } } },
      },
    });
    expect(tables).toMatchObject([{ table: 'users', rows: 1, sample: [{ id: '2' }] }]);
    expect(keys).toMatchObject([
      {
        ...{ name: 'sessions', keys: 2 },
        sample: [
          { key: 's:1', ttl: 3_600_000, value: { email: 'first@example.com', theme: 'dark' } },
          { key: 's:2', value: { theme: 'dark' } },
        ],
      },
      { name: 'board', keys: 1, sample: [{ key: 'board', ttl: null }] },
    ]);
    const users = (email: ColumnDescription) => ({ tables: { users: { rows: 1, columns: { email } } } });
    for (const [description, message] of [
      [
        users({ faker: 'internet.emal' }),
        'tables.users.columns.email: faker: internet.emal: there is no such function',
      ],
      [users({ like: 'emal' }), 'tables.users.columns.email: like: emal: there is no such meaning'],
      [users(() => undefined as never), 'tables.users.columns.email: the function of row 1 gave nothing'],
      [{ locale: 'de_XX' }, 'locale: faker has no locale `de_XX`'],
      [
        { redis: { a: { key: 'a', sortedSet: { size: 1, of: 'x', score: { like: 'email' } } } } },
        'redis.a.sortedSet.score: it gives `',
      ],
    ] satisfies [Description, string][]) {
      await expect(shown(description)).rejects.toThrow(`seeds/x.yaml:3:5: ${message}`);
    }
  });

  it('keeps a script in its transaction', async () => {
    const server = await database('scripted', 'create table t (a int unique)');
    const run = (script: SeedScript) =>
      runSeed(server, { kind: 'script', run: script }, { ...options, env: {}, say: () => {} });
    for (const [sql, word] of [
      ['commit', 'commit'],
      ['insert into t values (2); ROLLBACK AND CHAIN', 'rollback'],
      ['begin', 'begin'],
      ["prepare transaction 'x'", 'prepare transaction'],
      ['end', 'commit'],
    ]) {
      const escaping = run(async ({ query: ask }) => {
        await ask('insert into t values (1)');
        await ask(sql as string);
      });
      await expect(escaping).rejects.toThrow(`\`${word}\` would end the transaction that the script runs in`);
    }
    const swallowing = run(async ({ query: ask }) => {
      await ask('insert into t values (1)');
      await ask('insert into t values (1)').catch(() => {});
    });
    await expect(swallowing).rejects.toThrow('a query of the script failed, and it went on');
    const leaving = run(async ({ query: ask }) => {
      await ask('create procedure leave() language plpgsql as $$ begin insert into t values (5); commit; end $$');
      await ask('call leave()');
    });
    await expect(leaving).rejects.toThrow('invalid transaction termination');
    // Whatever way it found.
    await server.within(server.live, async (client) => {
      const ask = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
      await ask('begin');
      const left = stayingIn(ask, 'the script', async () => void (await ask('commit; begin')));
      await expect(left).rejects.toThrow('the script ended the transaction that it ran in');
    });
    expect(await query(server, 'select * from t')).toEqual([]);
    await run(async ({ query: ask }) => {
      await ask('savepoint s; insert into t values (1)');
      await ask('rollback to s');
      await ask("insert into t select case when 'commit' = 'x' then 2 else 3 end");
    });
    expect(await query(server, 'select * from t')).toEqual([{ a: 3 }]);
  });

  it('takes back as a whole what has left its transaction in a way that the parser does not know', async () => {
    const server = await database('escaped', 'create table t (a int)', 15);
    const folder = await mkdtemp(join(tmpdir(), 'devenv-seed-'));
    const path = join(folder, 'escaping.sql');
    const keys = new Keys(server, { redis: [], mocks: null }, { say: () => {}, signal: options.signal });
    const seeding = (text: string) =>
      withUndo(keys, { now: new Date().toISOString(), atTheEnd: (act) => act(server) }, async (wrote) => {
        await writeFile(path, text);
        const seed = { kind: 'sql', file: { name: 'escaping.sql', path } } as const;
        await runSeed(server, seed, { ...options, env: {}, say: () => {} });
        wrote();
      });
    try {
      // A word that later versions reserve.
      const unread = 'create table u (system_user int);';
      for (const text of [
        `${unread} delete from t; commit; select 1/0`,
        `${unread} rollback; delete from t`,
        `${unread} delete from t; commit; begin; insert into t values (7)`,
      ]) {
        await query(server, 'delete from t');
        await query(server, 'insert into t values (1)');
        const failure = await seeding(text).catch((error: unknown) => error);
        expect(failure).toMatchObject({
          message: expect.stringContaining('escaping.sql ended the transaction that it ran in'),
          hints: expect.arrayContaining([expect.stringContaining('The data is as it was before')]),
        });
        expect(await query(server, 'select * from t')).toEqual([{ a: 1 }]);
      }
      const failed = seeding(`${unread} delete from t; select 1/0`);
      await expect(failed).rejects.toThrow('escaping.sql: division by zero');
      await seeding(`${unread} delete from t`);
      expect(await query(server, 'select * from t')).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('finds partitions by expressions', async () => {
    const server = await database(
      'parted',
      `create table days (at timestamp not null) partition by list (date_trunc('day', at));
       create table days_1 partition of days for values in ('2033-01-05');
       create table days_2 partition of days for values in ('2033-01-07');
       create table months (at timestamptz not null) partition by range (date_trunc('month', at at time zone 'utc'));
       create table months_1 partition of months for values from ('2035-01-01') to ('2035-03-01');
       create table letters (name text not null) partition by list (lower(left(name, 1)));
       create table letters_1 partition of letters for values in ('a', 'b');
       create table sums (a int not null, b int not null) partition by range ((a + b));
       create table sums_1 partition of sums for values from (0) to (50)`,
    );
    expect((await seed(server, { rows: 40 })).rows).toEqual({ days: 40, letters: 40, months: 40, sums: 40 });
    expect(await query(server, 'select count(*) > 5 as some from days_2')).toEqual([{ some: true }]);
  });

  it('leaves nothing where Postgres refuses a row at last', async () => {
    const server = await database(
      'refused',
      `create table parents (id serial primary key, name text not null);
       create table children (id serial primary key, parent_id int not null references parents, note text not null);
       create function no() returns trigger language plpgsql as $$ begin raise exception 'not today'; end $$;
       create trigger no before insert on children for each row when (new.id = 40) execute function no();`,
    );
    await expect(seed(server, { rows: 100 })).rejects.toThrow(/children, row 40: not today.*nothing was written/);
    expect(Object.values(await contents(server)).every((text) => text.startsWith('0 '))).toBe(true);
    expect((await seed(server, { rows: 100, triggers: false })).rows).toEqual({ parents: 100, children: 100 });
    await expect(query(server, "insert into children values (40, 1, 'x')")).rejects.toThrow('not today');
  });

  it('says before it writes what can not be', async () => {
    const server = await database(
      'contrary',
      `create table plain (id serial primary key, name text);
       create table odd (id int primary key, name text not null constraint odd_name check (length(md5(name)) = 5))`,
    );
    const refused = seed(server, { rows: 10 });
    await expect(refused).rejects.toMatchObject({
      message: expect.stringMatching(/^odd: .*odd_name/),
      hints: expect.arrayContaining([expect.stringContaining('odd')]),
    });
    expect(Object.values(await contents(server)).every((text) => text.startsWith('0 '))).toBe(true);
    const never = await database('never', 'create table t (a int not null constraint low check (a < 3 and a > 5))');
    await expect(seed(never, { rows: 1 })).rejects.toThrow(/t: low: /);
  });

  it('gives as many rows as a key has room for, and refuses more where somebody asked for them', async () => {
    const server = await database(
      'roomy',
      `create table users (id serial primary key, name text not null);
       create table profiles (user_id int primary key references users, bio text);
       create table days (day text primary key check (day in ('mon', 'tue', 'wed')))`,
    );
    const { notes, rows } = await seed(server, { rows: 10, tables: { users: { rows: 4 } } });
    expect(rows).toEqual({ days: 3, users: 4, profiles: 4 });
    expect(notes).toEqual([
      'days: days_pkey (day) has room for 3 more rows, not 10',
      'profiles: profiles_pkey (user_id) has room for 4 more rows, not 10',
    ]);
    await expect(seed(server, { tables: { days: { rows: 1 } } })).rejects.toThrow(
      'has no room for more rows, and 1 were asked for',
    );
  });

  it('leads to no row that lacks what is referenced, and leaves a table without partitions alone', async () => {
    const server = await database(
      'lacking',
      `create table places (id int primary key, x int, y int, unique (x, y));
       create table visits (id int primary key, x int, y int, foreign key (x, y) references places (x, y) match full);
       create table logs (at date not null) partition by range (at)`,
    );
    const { rows, notes } = await seed(server, { rows: 80 });
    expect(rows).toEqual({ places: 80, visits: 80 });
    expect(notes).toEqual(['logs has no partition that a row could go to, so it gets none']);
    const [found] = await query(server, 'select count(*) filter (where x is not null)::int as led from visits');
    expect(found?.led).toBeGreaterThan(40);
  });

  it('says what a check that waits for the end refuses, and that a trigger may be left out', async () => {
    const server = await database(
      'late',
      `create table entries (id serial primary key, amount int not null);
       create function balanced() returns trigger language plpgsql as $$ begin raise exception 'not balanced'; end $$;
       create constraint trigger balanced after insert on entries deferrable initially deferred
         for each row execute function balanced();`,
    );
    await expect(seed(server, { rows: 5 })).rejects.toMatchObject({
      message: expect.stringMatching(/^once all rows were there.*: not balanced; nothing was written$/),
      hints: [expect.stringContaining('--no-triggers')],
    });
    expect(await query(server, 'select count(*)::int from entries')).toEqual([{ count: 0 }]);
    expect((await seed(server, { rows: 5, triggers: false })).rows).toEqual({ entries: 5 });
  });

  it('fills tables without columns or with nothing but defaults', async () => {
    const server = await database('bare', 'create table nothing (); create table given (at timestamptz default now())');
    expect((await seed(server, { rows: 3 })).rows).toEqual({ given: 3, nothing: 3 });
    expect(await query(server, 'select count(*)::int from nothing')).toEqual([{ count: 3 }]);
  });

  it('takes what a function gives, and says in which row it gives nothing', async () => {
    const server = await database('functions', 'create table t (id serial primary key, at timestamptz, name text)');
    const rows = (columns: Record<string, () => unknown>) =>
      seed(server, { tables: { t: { rows: 2, columns: columns as Record<string, () => string> } } });
    await rows({ at: () => new Date('2026-01-02T03:04:05Z'), name: () => 'x' });
    expect(await query(server, 'select distinct at, name from t')).toEqual([
      { at: new Date('2026-01-02T03:04:05Z'), name: 'x' },
    ]);
    await expect(rows({ name: () => undefined })).rejects.toThrow('t.name: the function of row 2 gave nothing');
    await expect(rows({ name: async () => 'x' })).rejects.toThrow('t.name: the function of row 2 gave a promise');
    const boom = () => {
      throw new Error('boom');
    };
    await expect(rows({ name: boom })).rejects.toThrow('t.name: the function of row 2 failed: boom');
  });

  it('says what a file names that is not there, and what a table would need', async () => {
    const server = await database('named', await seedFixture('shop.sql'));
    await expect(seed(server, { tables: { oders: { rows: 1 } } })).rejects.toThrow(/oders.*orders/s);
    await expect(seed(server, { tables: { orders: { rows: 1 } } })).rejects.toThrow(
      /orders needs rows of (users|addresses)/,
    );
    const empty = await database('empty', 'select 1');
    await expect(seed(empty, { rows: 1 })).rejects.toThrow('empty has no tables');
  });
});
