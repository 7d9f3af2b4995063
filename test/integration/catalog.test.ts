import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSchema } from '../../src/data/postgres/catalog/index.ts';
import { baseOf, type Schema, type Table, type Type, tableName } from '../../src/data/seed/schema.ts';
import { dockerHost, type Machine, makeMachine, testedRuntimes } from '../support/project.ts';

/** What the catalog says doesn't depend on where the server runs. */
const runtime = testedRuntimes.find((one) => one !== 'docker' || dockerHost);
const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'seed');

describe.skipIf(!runtime)('the catalog of a live server', () => {
  let machine: Machine;
  let urls: Record<string, string>;
  let opened: pg.Client[] = [];

  beforeAll(async () => {
    machine = await makeMachine();
    const project = await machine.project('catalogs', {
      'devenv.config.yaml': `runtime: ${runtime}
services: { old: { engine: postgres, version: "15" }, new: { engine: postgres, version: "17" } }
env: { PG15: "\${old.url}", PG17: "\${new.url}" }
`,
    });
    await project.ok(['up', '--detach']);
    urls = await project.json(['env', '--format', 'json']);
  });
  afterAll(async () => {
    await Promise.all(opened.map((client) => client.end()));
    opened = [];
    await machine[Symbol.asyncDispose]();
  });

  async function connect(version: number, database?: string): Promise<pg.Client> {
    const url = new URL(urls[`PG${version}`] as string);
    if (database) url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    opened.push(client);
    return client;
  }

  /** A connection to a new database with this SQL in it. */
  async function loaded(version: number, database: string, sql: string): Promise<pg.Client> {
    const server = await connect(version);
    await server.query(`create database ${database}`);
    const client = await connect(version, database);
    await client.query(sql);
    return client;
  }

  describe.each([15, 17])('of Postgres %i, with everything in it', (version) => {
    let client: pg.Client;
    let schema: Schema;

    beforeAll(async () => {
      client = await loaded(version, 'nasty', await readFile(join(FIXTURES, 'nasty.sql'), 'utf8'));
      await client.query(
        `create extension citext; create extension hstore;
         create table foreign_types (a citext, b hstore[], c regclass, d animals, e citext check (e <> 'x'::citext));
         create table nothing ();
         create table "Counted" (id int, gone int, "left" int unique);
         alter table "Counted" drop column gone;
         insert into "Counted" select i, i from generate_series(1, 12) i;
         insert into animals values (1, 'a cat');
         insert into dogs values (2, 'a dog', 'pug'), (3, 'a dog', 'pug');
         insert into users (email, display_name) values ('a@b.c', 'A');
         insert into orders (region, placed_at, user_id, total) values ('us', now(), 1, 5), ('de', '2025-05-05', 1, 5);
         create temporary table passing (id int)`,
      );
      // What a session can be set to must not matter.
      await client.query(
        `set search_path = tenancy, public; set datestyle = 'German, DMY'; set timezone = 'Asia/Tokyo';
         set quote_all_identifiers = on; set statement_timeout = '1min'`,
      );
      schema = await readSchema(client);
    });

    const table = (name: string): Table => {
      const found = schema.tables.find((one) => tableName(one) === name);
      if (!found) throw new Error(`no table ${name} in ${schema.tables.map(tableName).join(', ')}`);
      return found;
    };
    const column = (of: string, name: string) => {
      const found = table(of).columns.find((one) => one.name === name);
      if (!found) throw new Error(`no column ${name} in ${of}`);
      return found;
    };
    const type = (of: string, name: string): Type => column(of, name).type;
    const uniques = (of: string) =>
      table(of).uniques.map(({ name, parts, ...rest }) => ({
        ...rest,
        parts: parts.map((part) => ('column' in part ? part.column : `(${part.expression})`)).join(),
      }));
    const check = (of: string, name: string) => table(of).checks.find((one) => one.name === name)?.expression;
    const references = (of: string) =>
      table(of).foreignKeys.map(
        ({ columns, references: to }) =>
          `${columns} > ${tableName({ schema: to.schema, name: to.table })}(${to.columns})`,
      );

    it('lists what rows can be put into, and nothing else', () => {
      const names = schema.tables.map(tableName);
      expect(names).toEqual(expect.arrayContaining(['nothing', 'orders', 'dogs', 'only_defaults', 'tenancy.tasks']));
      const others = /orders_eu|Orders US|events_|recent_orders|order_totals|passing|measurements_|pg_|\binformation/;
      expect(names.filter((name) => others.test(name))).toEqual([]);
      expect(table('nothing').columns).toEqual([]);
      expect(table('users').comment).toBe('People who can log in');
    });

    it('lists some schemas only, whose keys may lead out of them', async () => {
      const some = await readSchema(client, { schemas: ['tenancy'] });
      expect(some.tables).toEqual(schema.tables.filter((one) => one.schema === 'tenancy'));
      expect(references('tenancy.members')).toContain('user_id > users(id)');
    });

    it('knows names of any form, up to 63 bytes', () => {
      const long = schema.tables.find((one) => one.schema.startsWith('Mandant')) as Table;
      const [key, self] = long.columns.map(({ name }) => name) as [string, string];
      for (const name of [long.schema, long.name, key, self, long.uniques[0]?.name, long.checks[0]?.name]) {
        expect(Buffer.byteLength(name ?? '')).toBe(63);
      }
      const to = { schema: long.schema, table: long.name, columns: [key] };
      expect(long.foreignKeys).toMatchObject([{ columns: [self], references: to }]);
      expect(table('Odd "Schema".x.select').columns.map(({ name }) => name)).toEqual(
        ['order', 'User', 'we"ird, (name)', 'a.b', "it's", 'new\nline', ' '], // as written
      );
    });

    it('resolves scalars with what they were limited to', () => {
      const scalars = Object.fromEntries(
        table('every_scalar').columns.map(({ name, type: of }) => [
          name,
          of.kind === 'scalar' ? [of.name, of.length, of.precision, of.scale] : of.kind,
        ]),
      );
      expect(scalars).toMatchObject({
        a_int2: ['int2', null, null, null],
        a_numeric: ['numeric', null, null, null],
        a_price: ['numeric', null, 10, 2],
        a_rounded: ['numeric', null, 3, -2],
        a_fraction: ['numeric', null, 2, 4],
        a_varchar: ['varchar', null, null, null],
        a_varchar12: ['varchar', 12, null, null],
        a_char: ['bpchar', 1, null, null],
        a_char5: ['bpchar', 5, null, null],
        a_bpchar: ['bpchar', null, null, null],
        a_byte: ['char', null, null, null],
        a_time0: ['time', null, 0, null],
        a_timestamp3: ['timestamp', null, 3, null],
        a_timestamptz: ['timestamptz', null, null, null],
        a_interval2: ['interval', null, 2, null],
        a_months: ['interval', null, null, null],
        a_bit: ['bit', 1, null, null],
        a_bit8: ['bit', 8, null, null],
        a_varbit: ['varbit', null, null, null],
        a_varbit16: ['varbit', 16, null, null],
      });
      expect(Object.values(scalars).every(Array.isArray)).toBe(true);
    });

    it('resolves what types are made of, to any depth', () => {
      const number = { kind: 'scalar', length: null, precision: null, scale: null };
      const mood = { kind: 'enum', name: 'public.mood' };
      const labels = ['sad', 'ok', 'it\'s "fine"', 'a, b', 'back\\slash', '{braces}', 'NULL', ' padded '];
      expect(type('every_compound', 'an_enum')).toEqual({ ...mood, labels });
      expect(type('every_compound', 'a_domain_of_domain')).toMatchObject({
        kind: 'domain',
        name: 'public.work_email',
        notNull: true,
        checks: [{ name: 'short', expression: '(length((VALUE)::text) <= 60)' }, { name: 'work_email_check' }],
        base: { kind: 'domain', name: 'public.email', notNull: false, checks: [{ name: 'email_check' }] },
      });
      expect(baseOf(type('every_compound', 'a_domain_of_enum'))).toEqual({ ...mood, labels });
      expect(type('every_compound', 'some_composites')).toMatchObject({
        kind: 'array',
        dimensions: 1,
        element: {
          kind: 'composite',
          name: 'public.address',
          fields: [
            { name: 'street', type: { kind: 'scalar', name: 'text' } },
            { name: 'zip', type: { kind: 'domain', base: { name: 'varchar', length: 10 } } },
            {
              name: 'Place',
              type: {
                kind: 'composite',
                fields: [
                  { name: 'lat', type: { kind: 'domain', base: { ...number, name: 'float8' } } },
                  { name: 'lon', type: { kind: 'domain', name: 'public.longitude' } },
                ],
              },
            },
            { name: 'moods', type: { kind: 'array', element: { ...mood, labels } } },
          ],
        },
      });
      expect(type('every_compound', 'some_tags')).toMatchObject({
        kind: 'domain',
        base: { kind: 'array', name: 'text[]', dimensions: 1, element: { name: 'text' } },
      });
      expect(type('every_compound', 'some_codes')).toMatchObject({ element: { name: 'varchar', length: 4 } });
      expect(type('every_compound', 'a_cube')).toMatchObject({
        kind: 'array',
        dimensions: 3,
        element: { ...number, name: 'numeric', precision: 6, scale: 2 },
      });
      const float = { ...number, name: 'float8' };
      const range = { kind: 'range', name: 'public.float_range', subtype: float, multi: false };
      expect(type('every_compound', 'a_float_range')).toEqual(range);
      expect(type('every_compound', 'a_float_multirange')).toEqual({
        ...range,
        name: 'public.float_multirange',
        multi: true,
      });
      expect(type('foreign_types', 'a')).toEqual({ kind: 'other', name: 'citext' });
      expect(type('foreign_types', 'b')).toMatchObject({ kind: 'array', element: { kind: 'other', name: 'hstore' } });
      expect(type('foreign_types', 'c')).toEqual({ kind: 'other', name: 'regclass' });
      expect(type('foreign_types', 'd')).toMatchObject({
        kind: 'composite',
        fields: [{ name: 'id' }, { name: 'name' }],
      });
    });

    it('tells where values come from', async () => {
      const invoices = '"Odd ""Schema"".x"."Invoice numbers"';
      expect(column('users', 'id')).toMatchObject({
        identity: null,
        sequence: { name: 'public.users_id_seq', start: '1', increment: '1', min: '1', cycle: false },
        notNull: true,
      });
      expect(column('every_scalar', 'id')).toMatchObject({
        identity: 'always',
        sequence: { name: 'public.every_scalar_id_seq' },
      });
      expect(column('every_compound', 'id')).toMatchObject({ identity: 'by default', default: null });
      expect(column('invoices', 'number').sequence?.name).toBe(invoices);
      expect(column('invoices', 'reference')).toMatchObject({
        sequence: null,
        default: expect.stringContaining(`nextval('${invoices}'::regclass)`),
      });
      expect(column('users', 'slug')).toMatchObject({ generated: true, default: expect.stringMatching(/^lower\(/) });
      expect(column('users', 'email')).toMatchObject({ generated: false, comment: 'e-mail, in any case' });
      expect(column('every_compound', 'a_percent').default).toBe('0');
      const sequences = schema.tables.flatMap(({ columns }) => columns.flatMap(({ sequence }) => sequence?.name ?? []));
      for (const sequence of sequences) {
        expect((await client.query('select setval($1, 30000, false)', [sequence])).rows).toHaveLength(1);
      }
    });

    it('knows keys: plain, partial, on expressions, with NULL as a value', () => {
      const plain = { primary: false, predicate: null, nullsNotDistinct: false };
      expect(uniques('users')).toEqual([
        { ...plain, primary: true, parts: 'id' },
        { ...plain, parts: '(lower(email::text))' },
      ]);
      expect(uniques('payment_methods')).toEqual([
        { ...plain, primary: true, parts: 'id' },
        { ...plain, predicate: 'is_default', parts: 'user_id' },
        { ...plain, nullsNotDistinct: true, parts: 'user_id,label' },
      ]);
      expect(uniques('Counted')).toEqual([{ ...plain, parts: 'left' }]);
      expect(uniques('tenancy.tasks')).toEqual([{ ...plain, primary: true, parts: 'tenant_id,project_id,number' }]);
    });

    it('knows foreign keys in the order of their columns, each once', () => {
      expect(references('conversions')).toEqual(['day,currency > rates(day,currency)']);
      expect(references('tenancy.tasks')).toEqual([
        'tenant_id,assignee_id > tenancy.members(tenant_id,id)',
        'tenant_id,project_id > tenancy.projects(tenant_id,id)',
        'tenant_id,reviewer_id > tenancy.members(tenant_id,id)',
      ]);
      expect(references('order_lines')).toEqual(['region,placed_at,order_id > orders(region,placed_at,id)']);
      expect(references('orders')).toEqual(['user_id > users(id)']);
      expect(table('quotes').foreignKeys).toMatchObject([{ matchFull: true, deferrable: false, period: false }]);
      expect(['a', 'b', 'c'].flatMap((one) => table(`ring_${one}`).foreignKeys)).toMatchObject([
        { matchFull: false, deferrable: true },
        { deferrable: true },
        { deferrable: true },
      ]);
      expect(references('folders')).toEqual(['parent_id > folders(id)']);
      expect([references('people'), references('passports')]).toEqual([
        ['passport_id > passports(id)'],
        ['owner_id > people(id)'],
      ]);
    });

    it('knows checks and exclusions', () => {
      expect(check('checked', 'low_high')).toBe('(low < high)');
      expect(check('checked', 'later')).toBe('(id > 0)');
      expect(check('checked', 'alone')).toBe('(month <> 13)');
      expect(check('judged', 'judged_amount_check')).toBe('public.is_round(amount)');
      expect(check('dogs', 'animals_name_check')).toBe(check('animals', 'animals_name_check'));
      expect(check('foreign_types', 'foreign_types_e_check')).toContain('OPERATOR(public.<>)');
      const during = { column: 'during', operator: '&&' };
      expect(table('bookings').exclusions).toMatchObject([
        { parts: [{ column: 'room_id', operator: '=' }, during], predicate: '(NOT cancelled)' },
      ]);
      expect(table('shifts').exclusions).toEqual([
        {
          name: 'one_shift_at_a_time',
          parts: [
            { column: 'person', operator: '=' },
            { expression: 'tsrange(starts_at, ends_at)', operator: '&&' },
          ],
          predicate: null,
        },
      ]);
      expect(table('bookings').uniques).toHaveLength(1);
    });

    it('knows what finds a partition', async () => {
      expect(['events', 'measurements', 'users'].map((name) => table(name).partitions)).toEqual([null, null, null]);
      expect(table('half_hashed').partitions).toEqual([
        expect.stringMatching(/^satisfies_hash_partition\(.*, 2, 0, id\)$/),
      ]);
      // A key of a partition alone is one of the table.
      expect(uniques('measurements').map(({ parts }) => parts)).toEqual(['sensor,taken_on']);
      const places = table('orders').partitions ?? [];
      expect(places).toHaveLength(3);
      const { rows } = await client.query(
        `select row, ${places.map((place) => `(${place})`).join(' or ')} as found
           from (values (1, 'de', timestamptz '2024-06-01 00:00+00', 1), (2, 'de', '2026-06-01', 1),
                        (3, 'us', '2026-06-01', 1), (4, 'us', '2026-06-01', 10000), (5, null, null, 1))
                as given(row, region, placed_at, total)`,
      );
      expect(rows.filter(({ found }) => found).map(({ row }) => row)).toEqual([1, 3]);
    });

    it('counts rows exactly, each where it belongs', () => {
      const counts = Object.fromEntries(schema.tables.map((one) => [tableName(one), one.rows]));
      expect(counts).toMatchObject({ Counted: 12, animals: 1, dogs: 2, orders: 2, users: 1, nothing: 0 });
    });

    it('names the triggers that an insert fires', () => {
      expect(table('users').triggers).toEqual(['users_audit', 'users_updated']);
      expect(table('orders').triggers).toEqual(['orders_audit']);
      expect(table('order_lines').triggers).toEqual([]);
    });

    it('gives SQL that can be run under an empty search path', async () => {
      await client.query(`begin; set local search_path = ''`);
      for (const one of schema.tables) {
        const conditions = [
          ...one.checks.map(({ expression }) => expression),
          ...[...one.uniques, ...one.exclusions].flatMap(({ predicate }) => predicate ?? []),
          ...(one.partitions ?? []),
        ];
        const values = [
          ...[...one.uniques, ...one.exclusions].flatMap(({ parts }) => [...parts]),
          ...one.columns.flatMap((of) => (of.default === null ? [] : [{ expression: of.default }])),
        ].flatMap((part) => ('expression' in part ? part.expression : []));
        const name = `${client.escapeIdentifier(one.schema)}.${client.escapeIdentifier(one.name)}`;
        const list = [...values, ...conditions.map((condition) => `(${condition})::boolean`), '1'];
        await client.query(`select ${list.join(', ')} from ${name}`);
      }
      await client.query('rollback');
    });

    it('leaves the session as it was', async () => {
      expect((await client.query('show search_path')).rows).toEqual([{ search_path: 'tenancy, public' }]);
      expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '1min' }]);
      await expect(client.query('savepoint s')).rejects.toThrow('can only be used in transaction blocks');
    });
  });

  it.each([
    ['shop', ['addresses', 'categories', 'order_items', 'orders', 'payments', 'products', 'reviews', 'users'], 10],
    ['blog-prisma', ['Comment', 'Post', 'PostLike', 'Profile', 'Tag', 'User', '_PostToTag'], 9],
  ])('reads what an ORM made of a schema: %s', async (name, tables, keys) => {
    const client = await loaded(17, name.replace('-', '_'), await readFile(join(FIXTURES, `${name}.sql`), 'utf8'));
    const schema = await readSchema(client);
    expect(schema.tables.map(tableName)).toEqual(tables);
    expect(schema.tables.flatMap(({ foreignKeys }) => foreignKeys)).toHaveLength(keys);
    const between = schema.tables.find((one) => one.name === '_PostToTag');
    if (between) expect(between.uniques).toMatchObject([{ primary: false, parts: [{ column: 'A' }, { column: 'B' }] }]);
  });

  it('takes as many queries for many tables as for one, but for counting a hundred at a time', async () => {
    const many = Array.from({ length: 250 }, (_, index) => `create table t${index} (id serial primary key, a text)`);
    const client = await loaded(17, 'many', [...many, await readFile(join(FIXTURES, 'saas.sql'), 'utf8')].join(';\n'));
    let queries = 0;
    const counted = {
      query: <Row extends object>(sql: string, values?: unknown[]) => {
        queries += 1;
        return client.query<Row & pg.QueryResultRow>(sql, values);
      },
      escapeIdentifier: (text: string) => client.escapeIdentifier(text),
      escapeLiteral: (text: string) => client.escapeLiteral(text),
    };
    const { tables } = await readSchema(counted);
    expect(tables).toHaveLength(259);
    expect(queries).toBe(2 + 9 + 3 * 3);
    expect(tables.find(({ name }) => name === 'audit_log')?.partitions).toHaveLength(3);
  });

  it('ends its transaction when the server refuses', async () => {
    const client = await connect(15);
    await expect(readSchema(client, { schemas: ['a\0b'] })).rejects.toThrow();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
